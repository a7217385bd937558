import type { Blueprint, CellTest, ColumnBlueprint, TableBlueprint } from '#core/blueprint'
import { compareValues, decodeValue, isDecimal, regionSpan, type Value } from '#core/values'
import { askingOrder } from './policy.ts'

/** Finds rows: inputs in the table's order in, indexes (from 0) out; an else row only where no other fits. */
export interface RowFinder {
  /** The row that answers, or comes first in the answer. */
  readonly first: (inputs: readonly Value[]) => number | undefined
  /** Every row that fits, in the order of the hit policy. */
  readonly all: (inputs: readonly Value[]) => readonly number[]
}

type Test = (value: Value) => boolean

interface Row {
  readonly index: number
  /** One test per column; undefined where the cell says nothing. */
  readonly tests: readonly (Test | undefined)[]
}

const finders = new WeakMap<TableBlueprint, RowFinder>()

/** The finder of a table, built once: a hash over the columns in which every row names one value, a scan over the rest. */
export function finderOf(blueprint: Blueprint, table: TableBlueprint): RowFinder {
  let finder = finders.get(table)
  if (!finder) finders.set(table, (finder = buildFinder(blueprint, table)))
  return finder
}

/** The tests of every row, for explanations; else rows have none. */
export function rowTests(blueprint: Blueprint, table: TableBlueprint): readonly (Row | undefined)[] {
  let rows = compiledRows.get(table)
  if (!rows) compiledRows.set(table, (rows = compileRows(blueprint, table)))
  return rows
}

const compiledRows = new WeakMap<TableBlueprint, readonly (Row | undefined)[]>()

function compileRows(blueprint: Blueprint, table: TableBlueprint): (Row | undefined)[] {
  const tests = table.inputs.map(column => testCompiler(blueprint, column))
  return table.rows.map(({ when }, index) =>
    when === 'else'
      ? undefined
      : { index, tests: when.map((cell, column) => (cell ? tests[column]!(cell) : undefined)) },
  )
}

function buildFinder(blueprint: Blueprint, table: TableBlueprint): RowFinder {
  const tests = rowTests(blueprint, table)
  const rows = askingOrder(blueprint, table).map(index => tests[index]!)
  const otherwise = table.rows.findIndex(row => row.when === 'else')
  const fallback = otherwise < 0 ? undefined : otherwise
  const columns = table.inputs.map((_, column) => column)
  const keyed = columns.filter(column => everyRowNames(table, column))
  const rest = columns.filter(column => !keyed.includes(column))
  const near = candidates(table, keyed, rows)
  return {
    first: inputs => firstFitting(near(inputs), rest, inputs) ?? fallback,
    all: inputs => {
      const fitting = near(inputs).filter(row => fits(row, rest, inputs))
      if (fitting.length > 0) return fitting.map(({ index }) => index)
      return fallback === undefined ? [] : [fallback]
    },
  }
}

/** The rows whose keyed columns name exactly the inputs; all rows when no column is keyed. */
function candidates(
  table: TableBlueprint,
  keyed: readonly number[],
  rows: readonly Row[],
): (inputs: readonly Value[]) => readonly Row[] {
  if (keyed.length === 0) return () => rows
  const buckets = new Map<string, Row[]>()
  for (const row of rows) {
    const when = table.rows[row.index]!.when as readonly CellTest[]
    const key = keyOf(
      keyed.map(column => decodeValue(when[column]!.any[0]!.from!, table.inputs[column]!.type) ?? null),
    )
    const bucket = buckets.get(key)
    if (bucket) bucket.push(row)
    else buckets.set(key, [row])
  }
  return inputs => buckets.get(keyOf(keyed.map(column => inputs[column] ?? null))) ?? []
}

function firstFitting(
  rows: readonly Row[],
  columns: readonly number[],
  inputs: readonly Value[],
): number | undefined {
  for (const row of rows) if (fits(row, columns, inputs)) return row.index
  return undefined
}

function fits({ tests }: Row, columns: readonly number[], inputs: readonly Value[]): boolean {
  for (const column of columns) {
    const test = tests[column]
    if (test && !test(inputs[column] ?? null)) return false
  }
  return true
}

/** Whether each row (but else) names exactly one value of the column, so that it can be looked up. */
function everyRowNames(table: TableBlueprint, column: number): boolean {
  if (table.inputs[column]!.type.kind === 'region') return false
  return table.rows.every(({ when }) => {
    if (when === 'else') return true
    const cell = when[column]
    if (!cell || cell.not || cell.any.length !== 1) return false
    const [range] = cell.any
    return range!.from !== undefined && range!.from === range!.to && !range!.fromOpen && !range!.toOpen
  })
}

function keyOf(values: readonly Value[]): string {
  return values.length === 1 ? keyPart(values[0]!) : values.map(keyPart).join('\u0000')
}

/** Equal numbers have one key, however many digits they are written with. */
function keyPart(value: Value): string {
  if (!isDecimal(value)) return String(value)
  let { units, scale } = value
  for (; scale > 0 && units % 10n === 0n; scale--) units /= 10n
  return `${units}e${scale}`
}

/** Turns cells of a column into tests; an absent value fits no test. */
function testCompiler(blueprint: Blueprint, { type }: ColumnBlueprint): (cell: CellTest) => Test {
  if (type.kind === 'region') return regionTest
  const names = type.kind === 'enum' ? Object.keys(blueprint.enums[type.name]!.values) : undefined
  const ranks = names && new Map(names.map((name, index) => [name, index]))
  const rank = (value: Value): Value => (ranks ? (ranks.get(value as string) ?? -1) : value)
  return ({ any, not }) => {
    const ranges = any.map(range => ({
      from: range.from === undefined ? undefined : rank(decodeValue(range.from, type) ?? null),
      to: range.to === undefined ? undefined : rank(decodeValue(range.to, type) ?? null),
      open: [range.fromOpen === true, range.toOpen === true] as const,
    }))
    return value => {
      if (value === null) return false
      const ranked = rank(value)
      for (const { from, to, open } of ranges) {
        const above = from === undefined ? 1 : compareValues(ranked, from)
        const below = to === undefined ? -1 : compareValues(ranked, to)
        if ((above > 0 || (above === 0 && !open[0])) && (below < 0 || (below === 0 && !open[1]))) return !not
      }
      return not
    }
  }
}

function regionTest({ any, not }: CellTest): Test {
  const spans = any.map(({ from }) => regionSpan(from as string))
  return value => {
    const inner = typeof value === 'string' ? regionSpan(value) : undefined
    if (!inner) return false
    return spans.some(outer => outer && outer.first <= inner.first && inner.last <= outer.last) !== not
  }
}
