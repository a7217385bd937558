import type { Blueprint, CellRange, ColumnBlueprint, TableBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import {
  compareValues,
  decodeValue,
  regionAt,
  regionSpan,
  rescale,
  type Type,
  type Value,
} from '#core/values'
import { hitsOf } from './lookup.ts'
import { predecessor, successor } from './step.ts'

/** A change of the inputs after which another answer comes. */
export interface Counterfactual {
  readonly changes: readonly { readonly column: string; readonly from: Value; readonly to: Value }[]
  /** The rows that would answer, from 0, in the order of the hit policy; empty when none would. */
  readonly rows: readonly number[]
}

/** Pairs of columns are tried only while their candidates make no more than this many tables of two. */
const MAX_PAIRS = 20_000

/**
 * What would have decided otherwise: for each input that can do it alone its nearest other value, those first that pass
 * the fewest bounds of the table; when none can alone, the nearest pair. Rows with the same outputs decide the same.
 * A column's answer changes only at the bounds its cells name, so the bounds and their neighbours are all there is to try.
 */
export function counterfactuals(blueprint: Blueprint, table: TableBlueprint, facts: Facts): Counterfactual[] {
  const find = (asked: readonly Value[]) => hitsOf(blueprint, table, asked)
  const inputs = table.inputs.map(({ name }) => facts[name] ?? null)
  const decided = decisionOf(table, find(inputs))
  const others = (changed: readonly Value[]) => {
    const rows = find(changed)
    return decisionOf(table, rows) === decided ? undefined : { rows }
  }
  const columns = table.inputs.map((column, index) =>
    candidates(blueprint, table, { column, index, from: inputs[index]! }),
  )
  const alone = columns.flatMap((tried, index) => {
    const hit = tried.find(({ to }) => others(inputs.with(index, to)))
    if (!hit) return []
    const { rows } = others(inputs.with(index, hit.to))!
    return [{ rank: hit.rank, changes: [change(table, inputs, { index, to: hit.to })], rows }]
  })
  const found = alone.length > 0 ? alone : nearestPair(table, { inputs, columns, others })
  return found.sort((a, b) => a.rank - b.rank).map(({ changes, rows }) => ({ changes, rows }))
}

interface Candidate {
  readonly to: Value
  /** How many bounds lie between; the nearest first. */
  readonly rank: number
}

interface Search {
  readonly inputs: readonly Value[]
  readonly columns: readonly (readonly Candidate[])[]
  readonly others: (changed: readonly Value[]) => { rows: readonly number[] } | undefined
}

function nearestPair(table: TableBlueprint, { inputs, columns, others }: Search) {
  let best: { rank: number; changes: Counterfactual['changes']; rows: readonly number[] } | undefined
  for (const [a, first] of columns.entries())
    for (const [b, second] of columns.entries()) {
      if (b <= a || first.length * second.length > MAX_PAIRS) continue
      for (const one of first)
        for (const two of second) {
          const rank = one.rank + two.rank
          if (best && rank >= best.rank) break
          const hit = others(inputs.with(a, one.to).with(b, two.to))
          const changes = [
            { index: a, to: one.to },
            { index: b, to: two.to },
          ]
          if (hit) best = { rank, rows: hit.rows, changes: changes.map(each => change(table, inputs, each)) }
        }
    }
  return best ? [best] : []
}

function change(
  table: TableBlueprint,
  inputs: readonly Value[],
  { index, to }: { index: number; to: Value },
) {
  return { column: table.inputs[index]!.name, from: inputs[index]!, to }
}

function decisionOf(table: TableBlueprint, rows: readonly number[]): string {
  return JSON.stringify(rows.map(row => table.rows[row]!.then))
}

/** The values of a column worth trying, the nearest first. */
function candidates(
  blueprint: Blueprint,
  table: TableBlueprint,
  { column, index, from }: { column: ColumnBlueprint; index: number; from: Value },
): Candidate[] {
  const { type } = column
  const ranges = table.rows.flatMap(({ when }) => (when === 'else' ? [] : (when[index]?.any ?? [])))
  if (ranges.length === 0) return []
  if (type.kind === 'bool') return from === null ? [] : [{ to: !from, rank: 1 }]
  if (type.kind === 'enum') return enumCandidates(blueprint, type.name, from)
  if (type.kind === 'region') return regionCandidates(ranges, from)
  return orderedCandidates(ranges, type, from)
}

function enumCandidates(blueprint: Blueprint, name: string, from: Value): Candidate[] {
  const { values, ordered } = blueprint.enums[name]!
  const names = Object.keys(values)
  const at = names.indexOf(from as string)
  return names
    .flatMap((to, index) =>
      to === from ? [] : [{ to, rank: ordered && at >= 0 ? Math.abs(index - at) : 1 }],
    )
    .sort((a, b) => a.rank - b.rank)
}

/** One county of each region the cells name, and the first ones beside them. */
function regionCandidates(ranges: readonly CellRange[], from: Value): Candidate[] {
  const counties = ranges.flatMap(({ from: named }) => {
    const span = typeof named === 'string' ? regionSpan(named) : undefined
    return span ? [span.first, span.first - 1, span.last + 1] : []
  })
  const known = [...new Set(counties)].flatMap(at => regionAt(at) ?? [])
  return known.flatMap(to => (to === from ? [] : [{ to, rank: 1 }]))
}

/** Up and down from where the value stands, bound by bound; a bound itself, and one step to either side of it. */
function orderedCandidates(ranges: readonly CellRange[], type: Type, from: Value): Candidate[] {
  const bounds = ranges.flatMap(({ from: low, to: high }) =>
    [low, high].flatMap(end => (end === undefined ? [] : [decodeValue(end, type) ?? null])),
  )
  const points = bounds
    .flatMap(bound => [predecessor(bound, type), bound, successor(bound, type)])
    .filter(point => point !== undefined && point !== null)
    .sort(compareValues)
    .filter((point, index, all) => index === 0 || compareValues(all[index - 1]!, point) !== 0)
  if (from === null) return points.map(to => ({ to, rank: 1 }))
  const above = points.filter(point => compareValues(point, from) > 0)
  const below = points.filter(point => compareValues(point, from) < 0).reverse()
  const ranked = (side: readonly Value[]) => side.map((to, index) => ({ to, rank: index + 1 }))
  return [...ranked(above), ...ranked(below)].sort((a, b) => nearer(from, a.to, b.to) || a.rank - b.rank)
}

/** Orders two values by how far they lie from a third, where the type has a distance. */
function nearer(from: Value, a: Value, b: Value): number {
  const [far, other] = [distance(from, a), distance(from, b)]
  return far < other ? -1 : far > other ? 1 : 0
}

function distance(a: Value, b: Value): bigint {
  if (typeof a === 'number' && typeof b === 'number') return BigInt(Math.abs(Math.trunc(a - b)))
  if (typeof a === 'string' && typeof b === 'string') return BigInt(Math.abs(placeOf(a) - placeOf(b)))
  if (typeof a === 'object' && typeof b === 'object' && a && b && 'units' in a && 'units' in b) {
    const scale = Math.max(a.scale, b.scale)
    const gap = rescale(a, scale) - rescale(b, scale)
    return gap < 0n ? -gap : gap
  }
  return 0n
}

/** A date in days, a time in minutes; other texts have no place. */
function placeOf(text: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(text) / 86_400_000
  const [hour, minute] = text.split(':').map(Number)
  return Number.isInteger(hour) && Number.isInteger(minute) ? hour! * 60 + minute! : 0
}
