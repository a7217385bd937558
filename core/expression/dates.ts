import { isDate, isTime, localTime, type Value } from '#core/values'
import type { Builtin } from './builtins.ts'

const DAY = 86_400_000
const parts = (date: Value) => (date as string).split('-').map(Number) as [number, number, number]
const two = (n: number) => String(n).padStart(2, '0')
const written = (year: number, month: number, day: number) =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
const utc = (date: Value) => Date.parse(`${date as string}T00:00:00Z`)
const clock = (time: Value) => (time as string).split(':').map(Number) as [number, number]
/** Functions of dates and times of day; a date that is none is absent. */
export const dateBuiltins: Readonly<Record<string, Builtin>> = {
  year: date => parts(date)[0],
  month: date => parts(date)[1],
  day: date => parts(date)[2],
  /** Monday is 1, Sunday 7. */
  weekday: weekdayOf,
  day_of_year: date => (utc(date) - utc(`${(date as string).slice(0, 4)}-01-01`)) / DAY + 1,
  date_of: (year, month, day) => {
    const text = written(year as number, month as number, day as number)
    return isDate(text) ? text : null
  },
  start_of_month: date => `${(date as string).slice(0, 8)}01`,
  end_of_month: date => {
    const [year, month] = parts(date)
    return written(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate())
  },
  days_between: (from, to) => (utc(to) - utc(from)) / DAY,
  /** Whole months from one date to another, as birthdays are counted. */
  months_between: monthsBetween,
  hour: time => clock(time)[0],
  minute: time => clock(time)[1],
  time_of: (hour, minute) => {
    const text = `${two(hour as number)}:${two(minute as number)}`
    return isTime(text) ? text : null
  },
  date_read: text => readDate((text as string).trim()),
  time_read: text => readTime((text as string).trim()),
  /** Whole years from one date to another, as birthdays are counted. */
  years_between: (from, to) => Math.trunc(monthsBetween(from, to) / 12) + 0,
  /** The week that holds the year's first Thursday is the first (ISO 8601); January's first days may belong to the year before. */
  week_of_year: date => {
    const thursday = utc(date) + (4 - weekdayOf(date)) * DAY
    const year = new Date(thursday).getUTCFullYear()
    return Math.floor((thursday - utc(written(year, 1, 1))) / DAY / 7) + 1
  },
  /** The time of day of an instant in a zone. */
  clock: (at, zone) => localTime(at as number, zone as string),
}

function readDate(text: string): Value {
  return isDate(text) ? text : null
}

function readTime(text: string): Value {
  const padded = text.padStart(5, '0')
  return isTime(padded) ? padded : null
}

function weekdayOf(date: Value): number {
  return new Date(utc(date)).getUTCDay() || 7
}

function monthsBetween(from: Value, to: Value): number {
  const [a, b] = [parts(from), parts(to)]
  const months = (b[0] - a[0]) * 12 + b[1] - a[1]
  if (months > 0 && b[2] < a[2]) return months - 1
  return months < 0 && b[2] > a[2] ? months + 1 : months
}
