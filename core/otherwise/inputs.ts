import { evaluate } from '#core/table'
import {
  addDays,
  compareValues,
  decimalOf,
  isDecimal,
  isDate,
  rescale,
  type Type,
  type Value,
} from '#core/values'
import { nearby } from './nearby.ts'
import { readsOf, type Asked, type Read } from './reads.ts'
import type { Candidate, Input } from './search.ts'
import { NOW, valueAt, type Place, type World } from './world.ts'

/** What the expressions read, as inputs of a search: with the values worth trying that the declaration admits. */
export function inputsOf(world: World, asked: readonly Asked[]): Input<Place>[] {
  const facts = world.fresh()
  return readsOf(world, asked).flatMap(read => {
    const from = valueAt(facts, read.path)
    const admits = admitted(world, read)
    const candidates = nearby(world.blueprint, read.type, { from, bounds: { ...read, most: MOST } })
    const tried = [...candidates, ...presence(read, from)].filter(({ to }) => admits(to))
    const away = read.reckoned ? walk(read, from) : undefined
    const within = away && ((steps: number) => (admits(away(steps) ?? null) ? away(steps) : undefined))
    if (tried.length === 0 && !within) return []
    const name = { path: read.path, type: read.type }
    return [{ name, from, tried, ...(within && { away: within }) }]
  })
}

/** Of a large table so many bounds to each side of a value are looked at. */
const MOST = 60

/** Where it is asked whether a value is there: its absence, or any value at all. */
function presence({ known, type }: Read, from: Value): Candidate[] {
  if (!known) return []
  const to = from === null ? anyOf(type) : null
  return to === null && from === null ? [] : [{ to, rank: 1, side: 0 }]
}

function anyOf({ kind }: Type): Value {
  if (kind === 'int' || kind === 'datetime') return 1
  if (kind === 'money' || kind === 'decimal' || kind === 'percent') return decimalOf(1)
  if (kind === 'date') return '2026-01-01'
  if (kind === 'time') return '12:00'
  return kind === 'text' ? '…' : null
}

/** Whether a field's own bounds let a value pass; what is no field takes any. */
function admitted({ blueprint, fresh }: World, { field }: Read): (value: Value) => boolean {
  if (!field) return () => true
  const facts = fresh()
  const min = field.min ? evaluate(blueprint, field.min, facts) : null
  const max = field.max ? evaluate(blueprint, field.max, facts) : null
  return value => {
    if (value === null) return true
    if (min !== null && compareValues(value, min) < 0) return false
    const over = max === null ? -1 : compareValues(value, max)
    return over < 0 || (over === 0 && !field.maxOpen)
  }
}

const MINUTE = 60_000
/** Ten years. */
const MAX_MINUTES = 3_660 * 1_440

/** The whole minute so many away from an instant: 1 is the first one after it, -1 the last one before. */
export function wholeMinute(at: number, steps: number): number {
  return ((steps > 0 ? Math.floor(at / MINUTE) : Math.ceil(at / MINUTE)) + steps) * MINUTE
}

/** The value so many of the smallest steps people use away; undefined past the last one. */
function walk({ type, path }: Read, from: Value): ((steps: number) => Value | undefined) | undefined {
  if (from === null) return undefined
  if (isDecimal(from)) {
    const scale = Math.max(from.scale, type.kind === 'money' ? 2 : 4)
    return steps => decimalOf(rescale(from, scale) + BigInt(steps), scale)
  }
  if (type.kind === 'datetime' || path[0] === NOW)
    return steps => (Math.abs(steps) <= MAX_MINUTES ? wholeMinute(from as number, steps) : undefined)
  if (type.kind === 'int') {
    return steps => (Number.isSafeInteger((from as number) + steps) ? (from as number) + steps : undefined)
  }
  if (type.kind === 'date') return steps => datePlus(from as string, steps)
  return type.kind === 'time' ? steps => timePlus(from as string, steps) : undefined
}

function datePlus(date: string, days: number): string | undefined {
  if (Math.abs(days) > MAX_DAYS) return undefined
  const moved = addDays(date, days)
  return isDate(moved) ? moved : undefined
}

/** Ten thousand years, as far as dates go. */
const MAX_DAYS = 3_652_059

function timePlus(time: string, minutes: number): string | undefined {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const total = hour * 60 + minute + minutes
  if (total < 0 || total >= 1440) return undefined
  return [Math.floor(total / 60), total % 60].map(part => String(part).padStart(2, '0')).join(':')
}
