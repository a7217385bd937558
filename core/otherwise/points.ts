import type { CellRange, TableBlueprint } from '#core/blueprint'
import { predecessor, successor } from '#core/table'
import {
  compareValues,
  decimalOf,
  decodeValue,
  isDecimal,
  rescale,
  roundTo,
  type Type,
  type Value,
} from '#core/values'

/** All that the cells of one column of a table name. */
export type ColumnRanges = readonly CellRange[]

const columns = new WeakMap<TableBlueprint, ColumnRanges[]>()

/** What the cells of a column name; the same list each time, so that its points are sorted once. */
export function rangesOf(table: TableBlueprint, index: number): ColumnRanges {
  let known = columns.get(table)
  if (!known) columns.set(table, (known = []))
  return (known[index] ??= table.rows.flatMap(({ when }) =>
    when === 'else' ? [] : (when[index]?.any ?? []),
  ))
}

const sorted = new WeakMap<ColumnRanges, readonly Value[]>()

/** The bounds that a column names with the values beside them, in order. */
export function pointsOfColumn(ranges: ColumnRanges, type: Type): readonly Value[] {
  let points = sorted.get(ranges)
  if (!points) {
    const ends = ranges.flatMap(({ from, to }) => [from, to].filter(end => end !== undefined))
    const bounds = ends.map(end => decodeValue(end, type) ?? null)
    sorted.set(ranges, (points = pointsAt(bounds, type)))
  }
  return points
}

/** Bounds with the values beside them, in order and each once. */
export function pointsAt(bounds: readonly Value[], type: Type): readonly Value[] {
  const points = bounds
    .filter(bound => bound !== null)
    .flatMap(bound => fitted(bound, type))
    .flatMap(bound => [predecessor(bound, type), bound, successor(bound, type)])
    .filter(point => point !== undefined && point !== null)
  return ordered(points)
}

/** In order and each once. */
export function ordered(points: readonly Value[]): Value[] {
  return points
    .toSorted(compareValues)
    .filter((point, index, all) => index === 0 || compareValues(all[index - 1]!, point) !== 0)
}

/** As many of sorted points as asked for that lie below a value, the nearest first, and as many above it. */
export function around(
  points: readonly Value[],
  value: Value,
  most: number,
): { readonly below: Value[]; readonly above: Value[] } {
  const first = firstFrom(points, point => compareValues(point, value) >= 0)
  const after = firstFrom(points, point => compareValues(point, value) > 0)
  return {
    below: points.slice(Math.max(0, first - most), first).reverse(),
    above: points.slice(after, after + most),
  }
}

/** Where in an order a question is answered with yes first, as it is from there on. */
function firstFrom(points: readonly Value[], holds: (point: Value) => boolean): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(points[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

/** A bound as values of the type that lie at it: between two whole numbers there is none, nor between two cents. */
function fitted(bound: Value, type: Type): Value[] {
  const isWhole = type.kind === 'int'
  if (typeof bound === 'number') return [isWhole || type.kind === 'datetime' ? bound : exactly(bound)]
  if (!isDecimal(bound)) return [bound]
  const scale = isWhole ? 0 : type.kind === 'money' ? Math.min(bound.scale, 2) : bound.scale
  const step = decimalOf(1, scale)
  const ends = [roundTo(bound, step, 'down'), roundTo(bound, step, 'up')]
  return isWhole ? ends.map(end => Number(rescale(end, 0))) : ends
}

const exactly = (whole: number): Value => decimalOf(whole)
