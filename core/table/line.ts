import type { Blueprint, CellRange, CellTest, ColumnBlueprint } from '#core/blueprint'
import {
  compareValues,
  decimalOf,
  decodeValue,
  encodeValue,
  isDecimal,
  regionAt,
  regionCount,
  regionSpan,
  rescale,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { keyOf, type Key } from './key.ts'
import { predecessor, successor } from './step.ts'

/** The present values of a column in a row of places, fine enough that every cell is a set of places. */
export interface Line {
  readonly length: number
  readonly sampleAt: (place: number) => JsonValue
  /** First and last place of a range; the last before the first when it holds nothing. */
  readonly span: (range: CellRange) => readonly [number, number]
}

/** The line of a column whose cells are these. */
export function lineOf(
  blueprint: Blueprint,
  { type }: ColumnBlueprint,
  cells: readonly (CellTest | null)[],
): Line {
  if (type.kind === 'bool') return namedLine([false, true])
  if (type.kind === 'enum') return namedLine(Object.keys(blueprint.enums[type.name]!.values))
  if (type.kind === 'region') return regionLine
  const ends = cells.flatMap(cell => (cell ? cell.any.flatMap(({ from, to }) => [from, to]) : []))
  const bounds = new Map<Key, Value>()
  for (const end of new Set(ends)) {
    const value = end === undefined ? undefined : decodeValue(end, type)
    if (value !== undefined && value !== null) bounds.set(keyOf(value, type), value)
  }
  const isNamed = type.kind === 'duration' || (type.kind === 'text' && !cells.some(hasRange))
  return isNamed ? openLine(bounds, type) : orderedLine(bounds, type)
}

/** Whether a cell asks for more than single values: only then need texts stand in their order. */
function hasRange(cell: CellTest | null): boolean {
  return cell !== null && cell.any.some(({ from, to, fromOpen, toOpen }) => from !== to || fromOpen || toOpen)
}

/** A closed list of values in their order. */
function namedLine(names: readonly JsonValue[]): Line {
  const places = new Map(names.map((name, index) => [name, index]))
  return {
    length: names.length,
    sampleAt: place => names[place]!,
    span: ({ from, to, fromOpen, toOpen }) => [
      from === undefined ? 0 : places.get(from)! + (fromOpen ? 1 : 0),
      to === undefined ? names.length - 1 : places.get(to)! - (toOpen ? 1 : 0),
    ],
  }
}

/** The leaves of the region tree in tree order: every region is one stretch of them. */
const regionLine: Line = {
  get length() {
    return regionCount()
  },
  sampleAt: regionAt,
  span: ({ from }) => {
    const { first, last } = regionSpan(from as string)!
    return [first, last]
  },
}

/** Values that are only ever equal or not: those the cells name, and one that stands for all others. */
function openLine(named: ReadonlyMap<Key, Value>, type: Type): Line {
  const places = new Map([...named.keys()].map((key, index) => [key, index]))
  const values = [...named.values()]
  return {
    length: values.length + 1,
    sampleAt: place => (place < values.length ? encodeValue(values[place]!) : otherThan(named, type)),
    span: ({ from }) => {
      const place = places.get(keyOf(decodeValue(from ?? null, type) ?? null, type))!
      return [place, place]
    },
  }
}

function otherThan(named: ReadonlyMap<Key, Value>, type: Type): string {
  for (let count = 1; ; count++) {
    const other = type.kind === 'duration' ? `${count}h` : '…'.repeat(count)
    if (!named.has(keyOf(other, type))) return other
  }
}

/** The bounds that cells name and, where there is a value between two neighbours or beyond the ends, one such stretch. */
function orderedLine(named: ReadonlyMap<Key, Value>, type: Type): Line {
  const bounds = [...named].sort(([, a], [, b]) => compareValues(a, b))
  const samples: Value[] = []
  const places = new Map<Key, number>()
  bounds.forEach(([key, value], index) => {
    const below = index === 0 ? before(value, type) : between(bounds[index - 1]![1], value, type)
    if (below !== undefined) samples.push(below)
    places.set(key, samples.push(value) - 1)
  })
  const above = bounds.length === 0 ? anyOf(type) : successor(bounds.at(-1)![1], type)
  if (above !== undefined) samples.push(above)
  const placeOf = (end: JsonValue) => places.get(keyOf(decodeValue(end, type) ?? null, type))!
  return {
    length: samples.length,
    sampleAt: place => encodeValue(samples[place]!),
    span: ({ from, to, fromOpen, toOpen }) => [
      from === undefined ? 0 : placeOf(from) + (fromOpen ? 1 : 0),
      to === undefined ? samples.length - 1 : placeOf(to) - (toOpen ? 1 : 0),
    ],
  }
}

/** A value before the first bound. */
function before(value: Value, type: Type): Value | undefined {
  if (type.kind !== 'text') return predecessor(value, type)
  return value === '' ? undefined : ''
}

/** A value after `low` and before `high` in the smallest step people use, or the smallest that either of them shows. */
function between(low: Value, high: Value, type: Type): Value | undefined {
  const isFiner = isDecimal(low) && isDecimal(high) && high.scale > low.scale
  const start = isFiner ? decimalOf(rescale(low, high.scale), high.scale) : low
  const after = successor(start, type)
  return after !== undefined && compareValues(after, high) < 0 ? after : undefined
}

function anyOf({ kind }: Type): Value {
  if (kind === 'int' || kind === 'datetime') return 0
  if (kind === 'date') return '2026-01-01'
  if (kind === 'time') return '00:00'
  return kind === 'money' || kind === 'decimal' || kind === 'percent' ? decimalOf(0) : '…'
}
