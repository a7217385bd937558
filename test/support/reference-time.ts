import { is, isNumber, number, type Function, type Seen } from './reference-expression.ts'

/** Dates, times, moments and durations of the reference interpreter; its zone is eight hours before UTC all the year. */
const ZONE_MINUTES = 480

interface Span {
  readonly months: number
  readonly seconds: number
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 }
const two = (part: number) => String(part).padStart(2, '0')

/** `1mo3d12h` as months and seconds, a day having 24 hours; undefined when it reads otherwise. */
function spanOf(text: string): Span | undefined {
  const parts = [...text.matchAll(/(\d+)(mo|[smhdw])/g)]
  const order = parts.map(([, , unit]) => ['mo', 'w', 'd', 'h', 'm', 's'].indexOf(unit!))
  const isWhole = parts.length > 0 && parts.map(([whole]) => whole).join('') === text
  if (!isWhole || order.some((place, at) => at > 0 && place <= order[at - 1]!)) return undefined
  const total = (monthly: boolean) =>
    parts.reduce(
      (sum, [, count, unit]) => sum + ((unit === 'mo') === monthly ? Number(count) * (units[unit!] ?? 1) : 0),
      0,
    )
  return { months: total(true), seconds: total(false) }
}

/** Undefined where only a date could tell which is longer. */
export function compareSpans(a: string, b: string): number | undefined {
  const [x, y] = [spanOf(a)!, spanOf(b)!]
  const signs = [Math.sign(x.months - y.months), Math.sign(x.seconds - y.seconds)].filter(sign => sign !== 0)
  return signs.length === 2 && signs[0] !== signs[1] ? undefined : (signs[0] ?? 0)
}

/** A duration of so many months, days and seconds in the largest units that come out even. */
function spelt(months: number, days: number, seconds: number): Seen {
  if (months < 0 || days < 0 || seconds < 0) return null
  // A hundred years are the most there is.
  if (months > 1200 || days > 36_500 || seconds > 36_500 * 86_400) return null
  const unit = (['h', 'm', 's'] as const).find(each => seconds % units[each]! === 0)!
  const rest = seconds === 0 ? '' : `${seconds / units[unit]!}${unit}`
  const s = `${months > 0 ? `${months}mo` : ''}${days > 0 ? `${days}d` : ''}${rest}`
  return { t: 'duration', s: s === '' ? '0s' : s }
}

/** Months, days and seconds as they are written. */
function partsOf(text: string): [number, number, number] {
  const of = (wanted: readonly string[]) =>
    [...text.matchAll(/(\d+)(mo|[smhdw])/g)].reduce(
      (sum, [, count, unit]) =>
        sum +
        (wanted.includes(unit!)
          ? Number(count) * (unit === 'w' ? 7 : wanted.length > 2 ? units[unit!]! : 1)
          : 0),
      0,
    )
  return [of(['mo']), of(['d', 'w']), of(['h', 'm', 's'])]
}

/** What `+ - * /` give where time is about; undefined where it is not. */
export function reckonTime(operator: string, a: Seen, b: Seen): Seen | undefined {
  const sign = operator === '-' ? -1 : 1
  if (is(a, 'date') && is(b, 'time')) return { t: 'datetime', s: `${a.s} ${b.s}` }
  if (is(a, 'date') && is(b, 'duration')) return moved(a.s, b.s, sign)
  if (is(a, 'date') && is(b, 'date')) return spelt(0, dayNumber(a.s) - dayNumber(b.s), 0)
  if (is(a, 'datetime') && is(b, 'datetime')) return spelt(0, 0, minutesOf(a.s) * 60 - minutesOf(b.s) * 60)
  if (is(a, 'datetime') && is(b, 'duration')) return movedMoment(a.s, b.s, sign)
  if (is(a, 'time') && is(b, 'time')) return spelt(0, 0, (clockOf(a.s) - clockOf(b.s)) * 60)
  if (is(a, 'time') && is(b, 'duration')) return turned(a.s, b.s, sign)
  if (is(a, 'duration') && is(b, 'duration'))
    return operator === '/' ? ratio(a.s, b.s) : summed(a.s, b.s, sign)
  const [span, times] = is(a, 'duration') ? [a, b] : [b, a]
  if (!is(span, 'duration') || !isNumber(times)) return undefined
  const [months, days, seconds] = partsOf(span.s).map(part => part * Number(times.n))
  return spelt(months!, days!, seconds!)
}

function summed(a: string, b: string, sign: number): Seen {
  const [x, y] = [partsOf(a), partsOf(b)]
  const [months, days, seconds] = x.map((part, at) => part + sign * y[at]!) as [number, number, number]
  if (days >= 0 && seconds >= 0) return spelt(months, days, seconds)
  // A day lends its hours.
  const left = days * 86400 + seconds
  return left < 0 ? null : spelt(months, Math.floor(left / 86400), left % 86400)
}

function ratio(a: string, b: string): Seen {
  const [x, y] = [spanOf(a)!, spanOf(b)!]
  if (x.months === 0 && y.months === 0) return number(BigInt(x.seconds), BigInt(y.seconds))
  return x.seconds === 0 && y.seconds === 0 ? number(BigInt(x.months), BigInt(y.months)) : null
}

function clockOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function timeAt(minutes: number): Seen {
  const left = ((minutes % 1440) + 1440) % 1440
  return { t: 'time', s: `${two(Math.floor(left / 60))}:${two(left % 60)}` }
}

/** Hours and minutes turn the clock; days leave it, months have no place on it. */
function turned(time: string, duration: string, sign: number): Seen {
  const [months, , seconds] = partsOf(duration)
  return months > 0 ? null : timeAt(Math.floor((clockOf(time) * 60 + sign * seconds) / 60))
}

/** Minutes since the year 0 where the clock stands. */
function minutesOf(moment: string): number {
  const [date = '', time = ''] = moment.split(' ')
  return dayNumber(date) * 1440 + clockOf(time)
}

function movedMoment(moment: string, duration: string, sign: number): Seen {
  const [date = '', time = ''] = moment.split(' ')
  const [months, days, seconds] = partsOf(duration)
  const stepped = moved((moved(date, `${months}mo`, sign) as { s: string }).s, `${days}d`, sign) as {
    s: string
  }
  const minutes = clockOf(time) + (sign * seconds) / 60
  const next = moved(
    stepped.s,
    `${Math.abs(Math.floor(minutes / 1440))}d`,
    Math.floor(minutes / 1440) < 0 ? -1 : 1,
  )
  return { t: 'datetime', s: `${(next as { s: string }).s} ${(timeAt(minutes) as { s: string }).s}` }
}

/** A moment as epoch milliseconds, to compare it with what the engine says. */
export function epochOf(moment: string): number {
  return (minutesOf(moment) - dayNumber('1970-01-01') * 1440 - ZONE_MINUTES) * 60_000
}

/** Days and weeks go along the calendar; a month ends on its last day where the day is none. */
function moved(date: string, duration: string, sign: number): Seen {
  const [months, days, seconds] = partsOf(duration)
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  const total = y * 12 + m - 1 + sign * months
  const [year, month] = [Math.floor(total / 12), ((total % 12) + 12) % 12]
  const day = Math.min(d, lastDay(year, month + 1))
  const at = new Date(Date.UTC(2000, 0, 1))
  at.setUTCFullYear(year, month, day + sign * (days + Math.floor(seconds / 86400)))
  return dateOf(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function dateOf(year: number, month: number, day: number): Seen {
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month) || year < 1 || year > 9999) return null
  return { t: 'date', s: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` }
}

/** Days since the year 0 by counting leap years. */
function dayNumber(date: string): number {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  let days =
    d + (y - 1) * 365 + Math.floor((y - 1) / 4) - Math.floor((y - 1) / 100) + Math.floor((y - 1) / 400)
  for (let month = 1; month < m; month++) days += lastDay(y, month)
  return days
}

const text = (value: Seen | undefined) => (value as { s: string }).s
const int = (value: Seen | undefined) => Number((value as { n: bigint }).n)
const whole = (value: number) => number(BigInt(value))
const digits = (date: string) => date.split('-').map(Number) as [number, number, number]

function monthsFrom(from: string, to: string): number {
  const sign = to < from ? -1 : 1
  const [[ey, em, ed], [ly, lm, ld]] = [digits(sign < 0 ? to : from), digits(sign < 0 ? from : to)]
  return sign * ((ly - ey) * 12 + lm - em - (ld < ed ? 1 : 0))
}

/** Monday is 1: a Monday was the first day of the year 1. */
function dayOfWeek(date: string): number {
  return ((dayNumber(date) - 1) % 7) + 1
}

/** Weeks belong to the year that has their Thursday. */
function weekOfYear(date: string): number {
  const thursday = text(moved(date, `${Math.abs(4 - dayOfWeek(date))}d`, dayOfWeek(date) > 4 ? -1 : 1))
  return Math.floor((dayNumber(thursday) - dayNumber(`${thursday.slice(0, 4)}-01-01`)) / 7) + 1
}

/** Functions of dates, times, moments and durations. */
export const dateFunctions: Readonly<Record<string, Function>> = {
  year: ([d]) => whole(digits(text(d))[0]),
  month: ([d]) => whole(digits(text(d))[1]),
  day: ([d]) => whole(digits(text(d))[2]),
  weekday: ([d]) => whole(dayOfWeek(text(d))),
  day_of_year: ([d]) => whole(dayNumber(text(d)) - dayNumber(`${text(d).slice(0, 4)}-01-01`) + 1),
  week_of_year: ([d]) => whole(weekOfYear(text(d))),
  date: ([a, m, d]) => {
    if (isNumber(a!)) return dateOf(int(a), int(m), int(d))
    if (is(a!, 'datetime')) return { t: 'date', s: a.s.slice(0, 10) }
    return /^\d{4}-\d\d-\d\d$/.test(text(a).trim()) ? dateOf(...digits(text(a).trim())) : null
  },
  time: ([a, m]) => {
    if (is(a!, 'datetime')) return { t: 'time', s: a.s.slice(11) }
    const read = /^(\d{1,2}):(\d\d)$/.exec(is(a!, 'text') ? a.s.trim() : '')
    const [hour, minute] = isNumber(a!)
      ? [int(a), int(m)]
      : [Number(read?.[1] ?? -1), Number(read?.[2] ?? -1)]
    return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? null : timeAt(hour * 60 + minute)
  },
  duration: ([t]) => (spanOf(text(t).trim()) ? spelt(...partsOf(text(t).trim())) : null),
  start_of_month: ([d]) => ({ t: 'date', s: `${text(d).slice(0, 7)}-01` }),
  end_of_month: ([d]) =>
    dateOf(digits(text(d))[0], digits(text(d))[1], lastDay(digits(text(d))[0], digits(text(d))[1])),
  days_between: ([a, b]) => whole(dayNumber(text(b)) - dayNumber(text(a))),
  months_between: ([a, b]) => whole(monthsFrom(text(a), text(b))),
  years_between: ([a, b]) => whole(Math.trunc(monthsFrom(text(a), text(b)) / 12)),
  hour: ([t]) => whole(Math.floor(clockOf(text(t)) / 60)),
  minute: ([t]) => whole(clockOf(text(t)) % 60),
}
