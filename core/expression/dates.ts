import { compareDurations, isDate, isTime, parseDuration, type Value } from '#core/values'
import type { Builtin } from './builtins.ts'

const DAY = 86_400_000
const parts = (date: Value) => (date as string).split('-').map(Number) as [number, number, number]
const two = (n: number) => String(n).padStart(2, '0')
const written = (year: number, month: number, day: number) =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
const utc = (date: Value) => Date.parse(`${date as string}T00:00:00Z`)
const clock = (time: Value) => (time as string).split(':').map(Number) as [number, number]
const order = (a: Value, b: Value) =>
  compareDurations(parseDuration(a as string)!, parseDuration(b as string)!)

/** Functions of dates, times of day and durations; a date that is none is absent. */
export const dateBuiltins: Readonly<Record<string, Builtin>> = {
  year: date => parts(date)[0],
  month: date => parts(date)[1],
  day: date => parts(date)[2],
  /** Monday is 1, Sunday 7. */
  weekday: date => new Date(utc(date)).getUTCDay() || 7,
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
  months_between: (from, to) => {
    const [a, b] = [parts(from), parts(to)]
    const months = (b[0] - a[0]) * 12 + b[1] - a[1]
    if (months > 0 && b[2] < a[2]) return months - 1
    return months < 0 && b[2] > a[2] ? months + 1 : months
  },
  hour: time => clock(time)[0],
  minute: time => clock(time)[1],
  time_of: (hour, minute) => {
    const text = `${two(hour as number)}:${two(minute as number)}`
    return isTime(text) ? text : null
  },
  'duration=': (a, b) => order(a, b) === 0,
  'duration!=': (a, b) => order(a, b) !== 0,
  'duration<': (a, b) => (order(a, b) ?? 0) < 0,
  'duration<=': (a, b) => (order(a, b) ?? 1) <= 0,
  'duration>': (a, b) => (order(a, b) ?? 0) > 0,
  'duration>=': (a, b) => (order(a, b) ?? -1) >= 0,
}
