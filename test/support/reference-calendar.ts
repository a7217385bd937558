import type { Calendar, HolidayTable } from '#core/values'

/** Working time minute by minute, in local times that the platform's own calendar tells: an oracle for the engine. */
const MINUTE = 60_000
const DAY = 1440 * MINUTE
const formats = new Map<string, Intl.DateTimeFormat>()

const locals = new Map<string, string>()

/** `YYYY-MM-DD HH:MM` of an instant in a zone; asked for the same minutes again and again. */
export function localOf(at: number, zone: string): string {
  const key = `${at} ${zone}`
  const known = locals.get(key) ?? formatted(at, zone)
  locals.set(key, known)
  return known
}

function formatted(at: number, zone: string): string {
  let format = formats.get(zone)
  if (!format) {
    const parts = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    } as const
    format = new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone: zone, hourCycle: 'h23' })
    formats.set(zone, format)
  }
  return format.format(at).replace(',', '')
}

/** The first instant of a local time; a time that a clock change leaves out lies as far behind the change as it says. */
export function instantAt(local: string, zone: string): number {
  const said = Date.parse(`${local.replace(' ', 'T')}Z`)
  const offset = (at: number) => Date.parse(`${localOf(at, zone).replace(' ', 'T')}Z`) - at
  const before = said - offset(said - DAY)
  const candidates = [before, said - offset(said + DAY)].sort((a, b) => a - b)
  return candidates.find(at => localOf(at, zone) === local) ?? before
}

/** Calendar steps where the clock stands, the day kept within its month; exact time behind them. */
export function movedLocal(
  local: string,
  zone: string,
  { months, days, ms }: { readonly months: number; readonly days: number; readonly ms: number },
): string {
  const [date = '', time = ''] = local.split(' ')
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate()
  const moved = new Date(Date.UTC(y, m - 1 + months, Math.min(d, last) + days)).toISOString().slice(0, 10)
  const start = months === 0 && days === 0 ? instantAt(local, zone) : instantAt(`${moved} ${time}`, zone)
  return localOf(start + ms, zone)
}

type Worked = boolean | { readonly beyond: string }

/** Whether the minute that begins at an instant is worked. */
export function isWorked(calendar: Calendar, tables: readonly HolidayTable[], at: number): Worked {
  const [date = '', time = ''] = localOf(at, calendar.zone).split(' ')
  let day = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  if (calendar.holidays !== null) {
    const table = tables.find(({ id, from, to }) => id === calendar.holidays && from <= date && date <= to)
    if (!table) return { beyond: date }
    if (table.off.has(date)) return false
    if (table.on.has(date)) day = 0
  }
  return (calendar.week[day] ?? []).some(([from, to]) => from <= time && time < to)
}

/** When so many minutes have been worked, or the first date that no table knows. */
export function workedOff(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  { from, minutes }: { readonly from: number; readonly minutes: number },
): number | { readonly beyond: string } {
  let left = minutes
  for (let at = from; ; at += MINUTE) {
    if (left === 0) return at
    const worked = isWorked(calendar, tables, at)
    if (typeof worked === 'object') return worked
    if (worked) left--
  }
}

/** Minutes worked between two instants. */
export function workedBetween(
  calendar: Calendar,
  tables: readonly HolidayTable[],
  { from, to }: { readonly from: number; readonly to: number },
): number | { readonly beyond: string } {
  let minutes = 0
  for (let at = from; at < to; at += MINUTE) {
    const worked = isWorked(calendar, tables, at)
    if (typeof worked === 'object') return worked
    if (worked) minutes++
  }
  return minutes
}
