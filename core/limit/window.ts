import { addDays, boundOf, localDate, localTime, weekday } from '#core/values'

export type Window = 'day' | 'week' | 'month'

/** A calendar day, week (from Monday) or month in a zone, as the half-open interval of instants around `at`. */
export function windowAround(at: number, window: Window, zone: string): { from: number; to: number } {
  const date = localDate(at, zone)
  const first = firstDate(date, window)
  return { from: startOf(first, zone), to: startOf(nextDate(first, window), zone) }
}

/** When quiet hours (half-open, perhaps over midnight) that hold `at` end; undefined outside them. */
export function quietUntil(
  at: number,
  { from, to }: { readonly from: string; readonly to: string },
  zone: string,
): number | undefined {
  const time = localTime(at, zone)
  const date = localDate(at, zone)
  const wraps = from > to
  const inside = wraps ? time >= from || time < to : time >= from && time < to
  if (!inside) return undefined
  return boundOf(`${wraps && time >= from ? addDays(date, 1) : date} ${to}`, zone)
}

function firstDate(date: string, window: Window): string {
  if (window === 'day') return date
  return window === 'week' ? addDays(date, 1 - weekday(date)) : `${date.slice(0, 7)}-01`
}

function nextDate(first: string, window: Window): string {
  if (window === 'day') return addDays(first, 1)
  // Why 31: from the first of a month it always reaches the next one.
  return window === 'week' ? addDays(first, 7) : `${addDays(first, 31).slice(0, 7)}-01`
}

function startOf(date: string, zone: string): number {
  return boundOf(`${date} 00:00`, zone)
}
