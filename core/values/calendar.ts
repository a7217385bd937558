import { holidaysCN } from './data/holidays-cn.ts'
import { addDays, boundOf, localDate, weekday } from './zoned.ts'

/** Working hours of a week in a zone; `holidays` names the table whose days off are kept. */
export interface Calendar {
  readonly zone: string
  /** Monday to Sunday: half-open intervals of local time, disjoint and in order, `24:00` being the day's end. */
  readonly week: readonly (readonly (readonly [from: string, to: string])[])[]
  readonly holidays: string | null
}

/** Days off and make-up workdays (worked like a Monday) of a range of dates; nothing is known outside it. */
export interface HolidayTable {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly off: ReadonlySet<string>
  readonly on: ReadonlySet<string>
}

/** The first date that cannot be counted: no table of the calendar covers it, or it lies more than `MAX_DAYS` away. */
export interface BeyondCalendar {
  readonly beyond: string
}

/** The tables that come with the product; several tables of one id continue each other. */
export const holidayTables: readonly HolidayTable[] = [holidaysCN]

/** Working time is counted day by day, over ten years at most. */
const MAX_DAYS = 3660
const DAY_MS = 86_400_000

/** The first instant at which `ms` of working time has run since `from`; `from` itself when there is none to run. */
export function addWorkingTime(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  { from, ms }: { readonly from: number; readonly ms: number },
): { readonly at: number } | BeyondCalendar {
  let left = ms
  if (left <= 0) return { at: from }
  let date = localDate(from, calendar.zone)
  for (let day = 0; day < MAX_DAYS; day++, date = addDays(date, 1)) {
    const intervals = intervalsOf(calendar, tables, date)
    if ('beyond' in intervals) return intervals
    for (const [start, end] of intervals.work) {
      const worked = end - Math.max(start, from)
      if (worked <= 0) continue
      if (worked >= left) return { at: Math.max(start, from) + left }
      left -= worked
    }
  }
  return { beyond: date }
}

/** Milliseconds of working time between two instants; 0 when `to` is not after `from`. */
export function workingTimeBetween(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly ms: number } | BeyondCalendar {
  let ms = 0
  if (to <= from) return { ms }
  const last = localDate(to - 1, calendar.zone)
  let date = localDate(from, calendar.zone)
  for (let day = 0; date <= last; day++, date = addDays(date, 1)) {
    const intervals = day < MAX_DAYS ? intervalsOf(calendar, tables, date) : { beyond: date }
    if ('beyond' in intervals) return intervals
    for (const [start, end] of intervals.work) ms += Math.max(0, Math.min(end, to) - Math.max(start, from))
  }
  return { ms }
}

/** Whether an instant lies in working time. */
export function isWorkingTime(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  at: number,
): boolean | BeyondCalendar {
  const intervals = intervalsOf(calendar, tables, localDate(at, calendar.zone))
  return 'beyond' in intervals ? intervals : intervals.work.some(([start, end]) => start <= at && at < end)
}

type DayWork = { readonly work: readonly (readonly [number, number])[] } | BeyondCalendar

/** The days of each week that were asked for last, by the tables that were known. */
const known = new WeakMap<readonly HolidayTable[], WeakMap<Calendar['week'], Map<string, DayWork>>>()
const MAX_KNOWN = 2000

/** The working intervals of a date (`YYYY-MM-DD`) as instants. */
export function intervalsOf(calendar: Calendar, tables: readonly HolidayTable[], date: string): DayWork {
  let weeks = known.get(tables)
  if (!weeks) known.set(tables, (weeks = new WeakMap()))
  let days = weeks.get(calendar.week)
  if (!days) weeks.set(calendar.week, (days = new Map()))
  const key = `${date} ${calendar.holidays ?? ''} ${calendar.zone}`
  let found = days.get(key)
  if (!found) {
    if (days.size >= MAX_KNOWN) days.clear()
    days.set(key, (found = workOn(calendar, tables, date)))
  }
  return found
}

function workOn({ zone, week, holidays }: Calendar, tables: readonly HolidayTable[], date: string): DayWork {
  let day = weekday(date)
  if (holidays !== null) {
    const table = tables.find(({ id, from, to }) => id === holidays && from <= date && date <= to)
    if (!table) return { beyond: date }
    if (table.off.has(date)) return { work: [] }
    if (table.on.has(date)) day = 1
  }
  const hours = week[day - 1] ?? []
  if (hours.length === 0) return { work: [] }
  const begin = boundOf(`${date} 00:00`, zone)
  const next = boundOf(`${addDays(date, 1)} 00:00`, zone)
  const instant = (time: string): number => {
    if (time === '24:00') return next
    return next - begin === DAY_MS ? begin + millisOf(time) : boundOf(`${date} ${time}`, zone)
  }
  return { work: hours.map(([from, to]) => [instant(from), instant(to)] as const) }
}

/** Milliseconds from midnight to `HH:MM`. */
function millisOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000
}
