import { holidaysCN } from './data/holidays-cn.ts'
import { addDays, instantOf, localDate, weekday } from './zoned.ts'

/** Working hours of a week in a zone; `holidays` names the table whose days off are kept. */
export interface Calendar {
  readonly zone: string
  /** Monday to Sunday: half-open intervals of local time, `24:00` being the day's end. */
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

/** The first date that the holiday table does not cover: there is no honest answer beyond it. */
export interface BeyondCalendar {
  readonly beyond: string
}

/** The tables that come with the product. */
export const holidayTables: readonly HolidayTable[] = [holidaysCN]

/** Working hours that hold not one minute in so many days hold none. */
const MAX_IDLE_DAYS = 800

/** The instant at which `ms` of working time has run since `from`. */
export function addWorkingTime(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  { from, ms }: { readonly from: number; readonly ms: number },
): { readonly at: number } | BeyondCalendar {
  let left = ms
  let idle = 0
  if (left <= 0) return { at: from }
  for (let date = localDate(from, calendar.zone); idle < MAX_IDLE_DAYS; date = addDays(date, 1), idle++) {
    const intervals = intervalsOf(calendar, tables, date)
    if ('beyond' in intervals) return intervals
    for (const [start, end] of intervals.work) {
      const worked = end - Math.max(start, from)
      if (worked <= 0) continue
      if (worked >= left) return { at: Math.max(start, from) + left }
      left -= worked
      idle = 0
    }
  }
  return { beyond: localDate(from, calendar.zone) }
}

/** Milliseconds of working time between two instants. */
export function workingTimeBetween(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly ms: number } | BeyondCalendar {
  let ms = 0
  const last = localDate(to, calendar.zone)
  for (let date = localDate(from, calendar.zone); date <= last; date = addDays(date, 1)) {
    const intervals = intervalsOf(calendar, tables, date)
    if ('beyond' in intervals) return intervals
    for (const [start, end] of intervals.work) ms += Math.max(0, Math.min(end, to) - Math.max(start, from))
  }
  return { ms }
}

/** The working intervals of a date as instants. */
function intervalsOf(
  { zone, week, holidays }: Calendar,
  tables: readonly HolidayTable[],
  date: string,
): { readonly work: readonly (readonly [number, number])[] } | BeyondCalendar {
  let day = weekday(date)
  if (holidays !== null) {
    const table = tables.find(({ id }) => id === holidays)
    if (!table || date < table.from || date > table.to) return { beyond: date }
    if (table.off.has(date)) return { work: [] }
    if (table.on.has(date)) day = 1
  }
  const instant = (time: string) =>
    time === '24:00' ? instantOf(`${addDays(date, 1)} 00:00`, zone) : instantOf(`${date} ${time}`, zone)
  return { work: (week[day - 1] ?? []).map(([from, to]) => [instant(from), instant(to)] as const) }
}
