import type { Blueprint, CellRange, CellTest, ColumnBlueprint, TableBlueprint } from '#core/blueprint'
import { successor } from './step.ts'
import {
  compareValues,
  decodeValue,
  encodeValue,
  regionAt,
  regionCount,
  regionSpan,
  regionWithin,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'

/** A concrete input: column name to a value, in the form the blueprint carries. */
export type Witness = Readonly<Record<string, JsonValue>>

export interface TableAnalysis {
  /** An input that no row answers; undefined when the table is complete. */
  readonly gap: Witness | undefined
  /** Pairs of rows (from 0) that both answer some input, where the hit policy does not allow it. */
  readonly overlaps: readonly { readonly first: number; readonly second: number; readonly witness: Witness }[]
}

/** More pairs than this tell nobody more. */
const MAX_OVERLAPS = 20

/**
 * Finds gaps and overlaps by coordinate compression: every column falls into segments on which no row changes its mind,
 * so a segment's sample stands for all of it. Rows must number few thousands; cost grows with rows squared at worst.
 */
export function analyseTable(blueprint: Blueprint, table: TableBlueprint): TableAnalysis {
  const columns = table.inputs.map((column, index) => segments(blueprint, table, { column, index }))
  const rows = table.rows.flatMap((row, index) =>
    row.when === 'else' ? [] : [{ index, sets: row.when.map((test, at) => columns[at]!.covered(test)) }],
  )
  const hasElse = rows.length < table.rows.length
  const gap = table.partial || hasElse ? undefined : findGap(columns, rows)
  return { gap: gap && witnessOf(table, columns, gap), overlaps: findOverlaps(table, columns, rows) }
}

interface Segments {
  /** One value of each segment, in order. */
  readonly samples: readonly JsonValue[]
  /** For each segment whether the test holds on it. */
  readonly covered: (test: CellTest | null) => readonly boolean[]
}

interface Box {
  readonly index: number
  readonly sets: readonly (readonly boolean[])[]
}

function segments(
  blueprint: Blueprint,
  table: TableBlueprint,
  { column, index }: { column: ColumnBlueprint; index: number },
): Segments {
  const { type } = column
  const values = type.kind === 'enum' ? Object.keys(blueprint.enums[type.name]!.values) : undefined
  const rank = (json: JsonValue): Value =>
    values ? values.indexOf(json as string) : (decodeValue(json, type) ?? null)
  const bounds = table.rows.flatMap(row => {
    const test = row.when === 'else' ? null : row.when[index]
    return test ? test.any.flatMap(({ from, to }) => [from, to].filter(bound => bound !== undefined)) : []
  })
  if (type.kind === 'region') return regionSegments(bounds as string[])
  const samples = values ?? (type.kind === 'bool' ? [false, true] : samplesBetween(bounds, type))
  const holds = (test: CellTest, sample: JsonValue) =>
    test.any.some(range => inside(range, sample, rank)) !== test.not
  return { samples, covered: test => samples.map(sample => test === null || holds(test, sample)) }
}

/** The counties in tree order, cut where one of the named regions begins or ends. */
function regionSegments(bounds: readonly string[]): Segments {
  const cuts = bounds.flatMap(bound => {
    const { first, last } = regionSpan(bound)!
    return [first, last + 1]
  })
  const starts = [...new Set([0, ...cuts])].filter(at => at < regionCount()).sort((a, b) => a - b)
  const samples = starts.map(regionAt)
  const holds = (test: CellTest, sample: string) =>
    test.any.some(({ from }) => regionWithin(sample, from as string)) !== test.not
  return { samples, covered: test => samples.map(sample => test === null || holds(test, sample)) }
}

/** Every bound, and one value strictly between each two neighbours and beyond the ends where the type has one. */
function samplesBetween(bounds: readonly JsonValue[], type: Type): JsonValue[] {
  const sorted = [
    ...new Map(bounds.map(bound => [JSON.stringify(bound), decodeValue(bound, type) ?? null])).values(),
  ]
    .sort(compareValues)
    .filter((value, index, all) => index === 0 || compareValues(all[index - 1]!, value) !== 0)
  if (sorted.length === 0) return [defaultSample(type)]
  const steps = [before(sorted[0]!, type)]
  sorted.forEach((value, index) => steps.push(value, between(value, sorted[index + 1], type)))
  return steps.filter(value => value !== undefined).map(encodeValue)
}

function defaultSample(type: Type): JsonValue {
  if (type.kind === 'int') return 0
  return type.kind === 'text'
    ? '…'
    : type.kind === 'date'
      ? '2026-01-01'
      : type.kind === 'time'
        ? '00:00'
        : '0'
}

function before(value: Value, type: Type): Value | undefined {
  if (typeof value === 'number') return value - 1
  if (typeof value === 'object' && value !== null && 'units' in value)
    return { units: value.units - unit(value.scale), scale: value.scale }
  return type.kind === 'text'
    ? ''
    : type.kind === 'date'
      ? '0001-01-01'
      : value === '00:00'
        ? undefined
        : '00:00'
}

const unit = (scale: number) => 10n ** BigInt(Math.max(0, scale - 2))

/** A value after `value` and before `next`. */
function between(value: Value, next: Value | undefined, type: Type): Value | undefined {
  const after = successor(value, type)
  if (after === undefined || next === undefined) return after
  return compareValues(after, next) < 0 ? after : undefined
}

function inside(range: CellRange, sample: JsonValue, rank: (json: JsonValue) => Value): boolean {
  const from = range.from === undefined ? 1 : compareValues(rank(sample), rank(range.from))
  const to = range.to === undefined ? -1 : compareValues(rank(sample), rank(range.to))
  return (from > 0 || (from === 0 && !range.fromOpen)) && (to < 0 || (to === 0 && !range.toOpen))
}

/** Walks column by column, keeping the rows that still fit; where none is left, the path is a gap. */
function findGap(columns: readonly Segments[], rows: readonly Box[]): number[] | undefined {
  const complete = new Set<string>()
  const walk = (depth: number, fitting: readonly Box[]): number[] | undefined => {
    if (fitting.length === 0) return columns.slice(depth).map(() => 0)
    if (depth === columns.length) return undefined
    const key = `${depth}:${fitting.map(row => row.index).join()}`
    if (complete.has(key)) return undefined
    for (const segment of columns[depth]!.samples.keys()) {
      const rest = walk(
        depth + 1,
        fitting.filter(row => row.sets[depth]![segment]),
      )
      if (rest) return [segment, ...rest]
    }
    complete.add(key)
    return undefined
  }
  return walk(0, rows)
}

function findOverlaps(
  table: TableBlueprint,
  columns: readonly Segments[],
  rows: readonly Box[],
): TableAnalysis['overlaps'] {
  if (table.policy !== 'unique' && table.policy !== 'any') return []
  const found: { first: number; second: number; witness: Witness }[] = []
  for (const [at, a] of rows.entries()) {
    for (const b of rows.slice(at + 1)) {
      if (table.policy === 'any' && sameOutputs(table, a.index, b.index)) continue
      const common = a.sets.map((set, column) => set.findIndex((holds, i) => holds && b.sets[column]![i]!))
      if (common.includes(-1)) continue
      found.push({ first: a.index, second: b.index, witness: witnessOf(table, columns, common) })
      if (found.length === MAX_OVERLAPS) return found
    }
  }
  return found
}

function sameOutputs(table: TableBlueprint, a: number, b: number): boolean {
  return JSON.stringify(table.rows[a]!.then) === JSON.stringify(table.rows[b]!.then)
}

function witnessOf(table: TableBlueprint, columns: readonly Segments[], point: readonly number[]): Witness {
  return Object.fromEntries(table.inputs.map(({ name }, at) => [name, columns[at]!.samples[point[at]!]!]))
}
