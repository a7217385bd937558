import type { Blueprint, CellTest, ColumnBlueprint } from '#core/blueprint'
import type { JsonValue } from '#core/values'
import { lineOf, type Line } from './line.ts'

/** Segments of an axis, first and last inclusive, pair after pair in ascending order: `[0, 2, 5, 5]` is 0 to 2 and 5. */
export type Side = readonly number[]

/** A column as the analysis sees it: cut into segments on which no row changes its mind. */
export interface Axis {
  readonly size: number
  /** A value of each segment, as the blueprint carries it; null where the input is absent. */
  readonly sampleAt: (segment: number) => JsonValue
  /** For each cell the segments on which it holds; empty when nothing fits it. */
  readonly sides: readonly Side[]
}

/**
 * Coordinate compression: cells (null is `-`) as sets of segments, and no more segments than the cells can tell apart.
 * An optional column begins with the absent input, which fits `-` and a cell that names `null`.
 */
export function axisOf(
  blueprint: Blueprint,
  column: ColumnBlueprint,
  cells: readonly (CellTest | null)[],
): Axis {
  const line = lineOf(blueprint, column, cells)
  const absent = column.optional ? 1 : 0
  const size = line.length + absent
  const sides = cells.map(cell => (cell === null ? [0, size - 1] : sideOf(line, cell, absent)))
  const starts = segmentStarts(sides, size, absent)
  const segmentAt = segmentFinder(starts, size)
  return {
    size: starts.length,
    sampleAt: segment => (starts[segment]! < absent ? null : line.sampleAt(starts[segment]! - absent)),
    sides: sides.map(side => side.map(segmentAt)),
  }
}

/** The places a cell holds on, moved up by the place of the absent input. */
function sideOf(line: Line, { any, not }: CellTest, absent: number): Side {
  const spans = any
    .flatMap(range => (range.from === null ? [] : [line.span(range)]))
    .filter(([first, last]) => first <= last)
    .sort((a, b) => a[0] - b[0])
  const present = joined(spans).map(place => place + absent)
  const namesAbsent = absent === 1 && any.some(({ from }) => from === null)
  if (not) return complement(present, absent, line.length + absent - 1)
  if (!namesAbsent) return present
  return present[0] === 1 ? [0, ...present.slice(1)] : [0, 0, ...present]
}

/** Spans in ascending order without those that touch or overlap. */
function joined(spans: readonly (readonly [number, number])[]): number[] {
  const side: number[] = []
  for (const [first, last] of spans) {
    const end = side.at(-1)
    if (end === undefined || first > end + 1) side.push(first, last)
    else if (last > end) side[side.length - 1] = last
  }
  return side
}

function complement(side: Side, from: number, to: number): number[] {
  const rest: number[] = []
  let next = from
  for (let at = 0; at < side.length; at += 2) {
    if (next < side[at]!) rest.push(next, side[at]! - 1)
    next = side[at + 1]! + 1
  }
  if (next <= to) rest.push(next, to)
  return rest
}

/** The places where some cell begins or has just ended. */
function segmentStarts(sides: readonly Side[], size: number, absent: number): number[] {
  const starts = new Set([0, absent])
  for (const side of sides) side.forEach((place, at) => starts.add(at % 2 === 0 ? place : place + 1))
  return [...starts].filter(start => start < size).sort((a, b) => a - b)
}

function segmentFinder(starts: readonly number[], size: number): (place: number) => number {
  const segments = new Int32Array(size)
  starts.forEach((start, segment) => segments.fill(segment, start, starts[segment + 1] ?? size))
  return place => segments[place]!
}
