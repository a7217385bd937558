import {
  addDurations,
  decimalOf,
  divideDecimal,
  durationOf,
  multiplyDuration,
  parseDuration,
  printDuration,
  subtractDurations,
  type Duration,
  type Value,
} from '#core/values'
import type { Builtin } from './builtins.ts'
import { durationOrder, extreme } from './extreme.ts'

const DAY = 86_400_000
const parts = (value: Value) => parseDuration(value as string)!
const written = (duration: Duration | undefined): Value => (duration ? printDuration(duration) : null)
const order = (a: Value, b: Value) => durationOrder(a, b)
const duration = { kind: 'duration' } as const

/** Durations are never negative: a difference below zero is absent, as is what only a date could tell. */
export const durationBuiltins: Readonly<Record<string, Builtin>> = {
  'duration=': (a, b) => order(a, b) === 0,
  'duration!=': (a, b) => order(a, b) !== 0,
  'duration<': (a, b) => (order(a, b) ?? 0) < 0,
  'duration<=': (a, b) => (order(a, b) ?? 1) <= 0,
  'duration>': (a, b) => (order(a, b) ?? 0) > 0,
  'duration>=': (a, b) => (order(a, b) ?? -1) >= 0,
  'duration-in': (value, list) =>
    (list as readonly Value[]).some(item => item !== null && order(value, item) === 0),
  'duration-min': (...args) => extreme('min', args, duration),
  'duration-max': (...args) => extreme('max', args, duration),
  'duration+': (a, b) => written(addDurations(parts(a), parts(b))),
  'duration-': (a, b) => written(subtractDurations(parts(a), parts(b))),
  'duration*': (a, times) => written(multiplyDuration(parts(a), times as number)),
  'duration/': (a, b) => quotient(parts(a), parts(b)),
  /** The time from the second to the first. */
  'date-date': (to, from) => written(daysFrom(from as string, to as string)),
  'datetime-datetime': (to, from) => written(durationOf((to as number) - (from as number))),
  'time-time': (to, from) => written(durationOf(millisOf(to as string) - millisOf(from as string))),
  'time+': (time, span) => clockAfter(time as string, parts(span), 1),
  'time-': (time, span) => clockAfter(time as string, parts(span), -1),
  duration: text =>
    parseDuration((text as string).trim()) ? printDuration(parts((text as string).trim())) : null,
}

function daysFrom(from: string, to: string): Duration | undefined {
  const days = (Date.parse(to) - Date.parse(from)) / DAY
  return days < 0 ? undefined : { months: 0, days, ms: 0 }
}

/** The sum of some durations; of none, no time at all. */
export function totalDuration(values: readonly Value[]): Value {
  let total: Duration | undefined = { months: 0, days: 0, ms: 0 }
  for (const value of values) total = total && addDurations(total, parts(value))
  return written(total)
}

/** How many times one goes into the other; months only into months. */
function quotient(a: Duration, b: Duration): Value {
  const length = ({ days, ms }: Duration) => days * DAY + ms
  const isMonths = a.months > 0 || b.months > 0
  if (isMonths && (length(a) > 0 || length(b) > 0)) return null
  const [above, below] = isMonths ? [a.months, b.months] : [length(a), length(b)]
  return divideDecimal(decimalOf(above), decimalOf(below)) ?? null
}

function millisOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000
}

/** Round the clock; whole days leave the time as it is, months have no place on a clock. Seconds are dropped. */
function clockAfter(time: string, { months, ms }: Duration, sign: 1 | -1): Value {
  if (months > 0) return null
  const minutes = Math.floor(((((millisOf(time) + sign * ms) % DAY) + DAY) % DAY) / 60_000)
  return [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join(':')
}
