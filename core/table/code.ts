import type { Blueprint, CellRange, CellTest, ColumnBlueprint } from '#core/blueprint'
import {
  decodeValue,
  isDecimal,
  regionSpan,
  rescale,
  smallAt,
  type Decimal,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { keyOf, type Key } from './key.ts'
import { rankOf } from './policy.ts'

/**
 * A column (or one end of it: a region has two) as numbers, so that a cell is an interval and a row is found by comparing.
 * INVARIANT: a coded cell holds exactly when the input's code lies in its interval, on every scale of its column.
 */
export interface Scale {
  readonly column: number
  /** `ABSENT` for null; a value that no cell names may have any code outside of their intervals. */
  readonly codeOf: (value: Value) => number
  /** The codes of a column of texts, which need no function to be read; any other text is -1. */
  readonly names: ReadonlyMap<Key, number> | undefined
  /** By row: the first and last code of its interval; all codes where the cell says nothing or is not coded. */
  readonly low: Float64Array
  readonly high: Float64Array
}

export const ABSENT = -Infinity
/** Below every code of a present value, above the absent one. */
export const LOWEST = -Number.MAX_VALUE

type Cells = readonly (CellTest | null)[]
type Interval = readonly [number, number]

/** The scales of a column, and the rows whose cells they leave open: those are asked one by one. */
export function scalesOf(
  blueprint: Blueprint,
  column: ColumnBlueprint,
  { at, cells }: { at: number; cells: Cells },
): { scales: Scale[]; open: readonly number[] } {
  const coding = codingOf(blueprint, column.type, cells)
  const low = new Float64Array(cells.length).fill(ABSENT)
  const high = new Float64Array(cells.length).fill(Infinity)
  const open: number[] = []
  let isUsed = false
  cells.forEach((cell, row) => {
    if (cell === null) return
    const interval = cell.not || cell.any.length > 1 ? undefined : coding?.intervalOf(cell.any[0]!)
    if (interval) {
      ;[low[row], high[row]] = interval
      isUsed = true
    } else open.push(row)
  })
  if (!coding || !isUsed) return { scales: [], open }
  const { codes, names } = coding
  return { scales: codes.map(codeOf => ({ column: at, codeOf, names, low, high })), open }
}

interface Coding {
  readonly codes: readonly ((value: Value) => number)[]
  readonly names?: ReadonlyMap<Key, number> | undefined
  /** Undefined when the range cannot be told by codes. */
  readonly intervalOf: (range: CellRange) => Interval | undefined
}

function codingOf(blueprint: Blueprint, type: Type, cells: Cells): Coding | undefined {
  if (type.kind === 'region') return regionCoding
  if (type.kind === 'text' || type.kind === 'duration') return namedCoding(type, cells)
  if (type.kind === 'decimal' || type.kind === 'percent' || type.kind === 'money')
    return decimalCoding(type, cells)
  if (type.kind === 'enum') return steppedCoding(rankOf(blueprint, type) as (value: Value) => number)
  if (type.kind === 'int' || type.kind === 'bool' || type.kind === 'datetime') return steppedCoding(Number)
  return type.kind === 'date' || type.kind === 'time'
    ? steppedCoding(value => digitsOf(value as string))
    : undefined
}

/** Values a whole step apart, so that an open end is the step before or after. */
function steppedCoding(code: (value: Value) => number): Coding {
  return {
    codes: [value => (value === null ? ABSENT : code(value))],
    intervalOf: ({ from, to, fromOpen, toOpen }) =>
      from === null
        ? [ABSENT, ABSENT]
        : [
            from === undefined ? LOWEST : code(from as Value) + (fromOpen ? 1 : 0),
            to === undefined ? Infinity : code(to as Value) - (toOpen ? 1 : 0),
          ],
  }
}

/** A date or a time as the number that its digits make. */
function digitsOf(text: string): number {
  let code = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit >= 0 && digit <= 9) code = code * 10 + digit
  }
  return code
}

/** Numbered as the cells name them; any other value is -1. */
function namedCoding(type: Type, cells: Cells): Coding {
  const codes = new Map<Key, number>()
  const keyOfJson = (json: JsonValue) => keyOf(json as Value, type)
  for (const cell of cells)
    for (const { from } of cell?.any ?? [])
      if (from !== undefined && from !== null && !codes.has(keyOfJson(from)))
        codes.set(keyOfJson(from), codes.size)
  return {
    // Why only texts: a text is its own key.
    names: type.kind === 'text' ? codes : undefined,
    codes: [value => (value === null ? ABSENT : (codes.get(keyOf(value, type)) ?? -1))],
    intervalOf: ({ from, to, fromOpen, toOpen }) => {
      if (from === null) return [ABSENT, ABSENT]
      if (from === undefined || from !== to || fromOpen || toOpen) return undefined
      const code = codes.get(keyOfJson(from))!
      return [code, code]
    },
  }
}

/** A region lies in another when both its ends do. */
const regionCoding: Coding = {
  codes: [value => regionEnd(value, 'first'), value => regionEnd(value, 'last')],
  intervalOf: ({ from }) => {
    if (from === null) return [ABSENT, ABSENT]
    const span = regionSpan(from as string)
    return span && [span.first, span.last]
  },
}

function regionEnd(value: Value, end: 'first' | 'last'): number {
  if (value === null) return ABSENT
  return regionSpan(value as string)?.[end] ?? -1
}

/** Twice the number of smallest steps that the cells show; the odd codes are what lies between two steps. */
function decimalCoding(type: Type, cells: Cells): Coding | undefined {
  const ends = cells.flatMap(cell => cell?.any.flatMap(({ from, to }) => [from ?? null, to ?? null]) ?? [])
  const bounds = ends.map(end => decodeValue(end, type)).filter(end => end !== null && end !== undefined)
  const scale = bounds.reduce<number>((most, bound) => Math.max(most, (bound as Decimal).scale), 0)
  const code = (value: Value) => decimalCode(value, scale)
  if (bounds.some(bound => Math.abs(code(bound)) >= Number.MAX_SAFE_INTEGER)) return undefined
  const end = (json: JsonValue) => code(decodeValue(json, type) ?? null)
  return {
    codes: [code],
    intervalOf: ({ from, to, fromOpen, toOpen }) =>
      from === null
        ? [ABSENT, ABSENT]
        : [
            from === undefined ? LOWEST : end(from) + (fromOpen ? 1 : 0),
            to === undefined ? Infinity : end(to) - (toOpen ? 1 : 0),
          ],
  }
}

function decimalCode(value: Value, scale: number): number {
  if (!isDecimal(value)) return value === null ? ABSENT : 2 * (value as number) * 10 ** scale
  if (value.scale <= scale) return 2 * (smallAt(value, scale) || Number(rescale(value, scale)))
  const step = 10n ** BigInt(value.scale - scale)
  const rest = ((value.units % step) + step) % step
  return 2 * Number((value.units - rest) / step) + (rest === 0n ? 0 : 1)
}
