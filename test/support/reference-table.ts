import type { Blueprint, CellRange, CellTest, TableBlueprint } from '#core/blueprint'
import { regionWithin, type JsonValue, type Type } from '#core/values'

/** Inputs or outputs by column, in the form blueprints carry; what is absent is null. */
export type Line = Readonly<Record<string, JsonValue>>

type Enums = Pick<Blueprint, 'enums'>

/** What language.md says a table answers, row by row and as plainly as can be: what the engine is compared with. */
export function referenceAnswer(blueprint: Enums, table: TableBlueprint, inputs: Line): Line {
  const fitting = referenceRows(blueprint, table, inputs)
  const column = (index: number) => fitting.map(row => table.rows[row]!.then[index] ?? null)
  return Object.fromEntries(
    table.outputs.map(({ name, type }, index) => [
      name,
      answered(blueprint, table, { said: column(index), type }),
    ]),
  )
}

/** Rows that fit, from 0, in the order of the hit policy; the else row where no other does. */
export function referenceRows(blueprint: Enums, table: TableBlueprint, inputs: Line): number[] {
  const rows = [...table.rows.keys()]
  const fitting = rows.filter(row => fits(blueprint, table, { row, inputs }))
  const ordered =
    table.policy === 'priority' || table.policy === 'output order'
      ? sorted(blueprint, table, fitting)
      : fitting
  return ordered.length > 0 ? ordered : rows.filter(row => table.rows[row]!.when === 'else')
}

function answered(
  blueprint: Enums,
  { policy }: TableBlueprint,
  { said, type }: { said: readonly JsonValue[]; type: Type },
): JsonValue {
  const present = said.filter(value => value !== null)
  if (policy === 'collect' || policy === 'rule order' || policy === 'output order') return present
  if (policy === 'collect count') return present.length
  if (!policy.startsWith('collect')) return said[0] ?? null
  if (present.length === 0) return null
  if (policy === 'collect sum') return total(present)
  const ascending = [...present].sort((a, b) => compared(blueprint, type, a, b))
  return policy === 'collect min' ? ascending[0]! : ascending.at(-1)!
}

function total(values: readonly JsonValue[]): JsonValue {
  if (values.every(value => typeof value === 'number')) return values.reduce((sum, value) => sum + value, 0)
  const sum = values.reduce((all: bigint, value) => all + scaled(String(value)), 0n)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(PLACES + 1, '0')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

/** The greatest ordered output first, columns from the left; rows that say nothing there come last. */
function sorted({ enums }: Enums, table: TableBlueprint, rows: readonly number[]): number[] {
  const ranks = (row: number) =>
    table.outputs.flatMap(({ type }, index) => {
      const known = type.kind === 'enum' ? enums[type.name]! : undefined
      return known?.ordered ? [Object.keys(known.values).indexOf(String(table.rows[row]!.then[index]))] : []
    })
  return [...rows].sort((a, b) => {
    const [left, right] = [ranks(a), ranks(b)]
    const at = left.findIndex((rank, index) => rank !== right[index])
    return at < 0 ? a - b : right[at]! - left[at]!
  })
}

function fits(
  blueprint: Enums,
  { rows, inputs: columns }: TableBlueprint,
  { row, inputs }: { row: number; inputs: Line },
): boolean {
  const { when } = rows[row]!
  if (when === 'else') return false
  return columns.every(({ name, type }, index) => {
    const cell = when[index]
    return !cell || holds(blueprint, type, cell, inputs[name] ?? null)
  })
}

/** An absent input fits no condition but `null`; `not` turns the whole list round for a value that is there. */
function holds(blueprint: Enums, type: Type, { not, any }: CellTest, value: JsonValue): boolean {
  if (value === null) return !not && any.some(({ from }) => from === null)
  const some = any.some(range => range.from !== null && within(blueprint, type, range, value))
  return some !== not
}

function within(blueprint: Enums, type: Type, range: CellRange, value: JsonValue): boolean {
  if (type.kind === 'region') return regionWithin(String(value), String(range.from))
  const low = range.from === undefined ? 1 : compared(blueprint, type, value, range.from)
  const high = range.to === undefined ? -1 : compared(blueprint, type, value, range.to)
  return (range.fromOpen ? low > 0 : low >= 0) && (range.toOpen ? high < 0 : high <= 0)
}

function compared({ enums }: Enums, type: Type, a: JsonValue, b: JsonValue): number {
  const [left, right] = [a, b].map(value => place(enums, type, value))
  return left! < right! ? -1 : left! > right! ? 1 : 0
}

/** Something that orders values of a type: numbers by size, names by their place, dates and times as they are written. */
function place(enums: Enums['enums'], type: Type, value: JsonValue): bigint | string {
  if (type.kind === 'enum') return BigInt(Object.keys(enums[type.name]!.values).indexOf(String(value)))
  if (['int', 'decimal', 'percent', 'money', 'datetime'].includes(type.kind)) return scaled(String(value))
  return type.kind === 'duration' ? length(String(value)) : String(value)
}

const PLACES = 16

/** A decimal text in units of 10^-16. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole) * 10n ** BigInt(PLACES) + BigInt(fraction.padEnd(PLACES, '0'))
  return text.startsWith('-') ? -size : size
}

/** Equal lengths read alike: 60m and 1h, 2w and 14d; an hour never equals a day. */
function length(text: string): string {
  const count = Number(/^\d+/.exec(text)![0])
  const unit = text.replace(/^\d+/, '')
  const seconds = { s: 1, m: 60, h: 3600 }[unit]
  if (seconds) return `${count * seconds}s`
  return unit === 'mo' ? `${count}mo` : `${count * (unit === 'w' ? 7 : 1)}d`
}
