import {
  addDecimal,
  addDuration,
  asDecimal as exact,
  instantOf,
  localDate,
  parseDuration,
  regionWithin,
  shiftDate,
  compareMixed as order,
  isDecimal,
  multiplyDecimal,
  negateDecimal,
  subtractDecimal,
  type Decimal,
  type Duration,
  type Value,
} from '#core/values'

import { dateBuiltins } from './dates.ts'
import { listBuiltins } from './lists.ts'
import { durationBuiltins } from './durations.ts'
import { numberBuiltins, safe } from './numbers.ts'
import { textBuiltins } from './texts.ts'

/** A pure function of the language over present values; absent arguments never reach it. */
export type Builtin = (...args: Value[]) => Value

const numeric = (ints: (a: number, b: number) => number, decimals: (a: Decimal, b: Decimal) => Decimal) =>
  ((a, b) =>
    isDecimal(a) || isDecimal(b)
      ? decimals(exact(a), exact(b))
      : safe(ints(a as number, b as number))) as Builtin
const reversed = ({ months, days, ms }: Duration): Duration => ({ months: -months, days: -days, ms: -ms })

const ranked = (names: Value, values: readonly Value[], sign: 1 | -1) => {
  const rank = (value: Value) => (names as readonly Value[]).indexOf(value)
  return values.reduce((a, b) => (sign * (rank(b) - rank(a)) < 0 ? b : a))
}

/** Operators and functions by the name that compiled code carries. */
export const builtins: Readonly<Record<string, Builtin>> = {
  '+': numeric((a, b) => a + b, addDecimal),
  '-': numeric((a, b) => a - b, subtractDecimal),
  '*': numeric((a, b) => a * b, multiplyDecimal),
  negate: a => (isDecimal(a) ? negateDecimal(a) : safe(-(a as number))),
  '=': (a, b) => order(a, b) === 0,
  '!=': (a, b) => order(a, b) !== 0,
  '<': (a, b) => order(a, b) < 0,
  '<=': (a, b) => order(a, b) <= 0,
  '>': (a, b) => order(a, b) > 0,
  '>=': (a, b) => order(a, b) >= 0,
  /** Where a value of an enum stands among its names, from 0. */
  rank: (value, names) => (names as readonly Value[]).indexOf(value),
  /** Whether a place lies inside a region, or in one of several. */
  'region=': (place, region) => regionWithin(place as string, region as string),
  'region-in': (place, regions) =>
    (regions as readonly Value[]).some(region => regionWithin(place as string, region as string)),
  in: (value, list) => (list as readonly Value[]).some(item => order(value, item) === 0),
  has: (list, value) => (list as readonly Value[]).some(item => order(item, value) === 0),
  min: (...args) => args.reduce((a, b) => (order(b, a) < 0 ? b : a)),
  /** The least and the greatest of values that stand in their enum's order. */
  'ranked-min': (names, ...args) => ranked(names, args, 1),
  'ranked-max': (names, ...args) => ranked(names, args, -1),
  /** Dates and calendar durations: `today - 3mo`. */
  'date+': (date, duration) => shiftDate(date as string, parseDuration(duration as string)!, 1),
  'date-': (date, duration) => shiftDate(date as string, parseDuration(duration as string)!, -1),
  /** A date at a time of day, as an instant. */
  moment: (date, time, zone) => instantOf(`${date as string} ${time as string}`, zone as string),
  'datetime+': (at, duration, zone) =>
    addDuration(at as number, parseDuration(duration as string)!, zone as string),
  'datetime-': (at, duration, zone) =>
    addDuration(at as number, reversed(parseDuration(duration as string)!), zone as string),
  /** The date of an instant in a zone. */
  date: (at, zone) => localDate(at as number, zone as string),
  /** Whether an instant lies at most a duration before `now`. */
  within: (at, duration, now, zone) =>
    (now as number) <= addDuration(at as number, parseDuration(duration as string)!, zone as string),
  ...numberBuiltins,
  ...textBuiltins,
  ...listBuiltins,
  ...dateBuiltins,
  ...durationBuiltins,
  max: (...args) => args.reduce((a, b) => (order(b, a) > 0 ? b : a)),
}

/** Comparisons with an absent value are false; every other operator passes the absence on. */
export const comparisons: ReadonlySet<string> = new Set([
  ...['=', '!=', '<', '<=', '>', '>=', 'in', 'has', 'within', 'region=', 'region-in'],
  ...['contains', 'starts_with', 'ends_with', 'any', 'all'],
  ...['duration=', 'duration!=', 'duration<', 'duration<=', 'duration>', 'duration>=', 'duration-in'],
])
