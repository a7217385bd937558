import { Temporal } from 'temporal-polyfill'
import type { Duration } from './duration.ts'
import { isDate } from './local.ts'
import { calmOffset, steadyOffset } from './offset.ts'

const DAY_MS = 86_400_000

/**
 * The instant (epoch ms) of a local time such as `2026-03-02 09:00` in a zone; a time that a clock change skips moves on,
 * of a time that comes twice the first is meant. Throws RangeError when the text or the zone means nothing.
 */
export function instantOf(local: string, zone: string): number {
  return Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds
}

/** Like `instantOf`, but a skipped time is the clock change itself, so that neighbouring intervals never overlap. */
export function boundOf(local: string, zone: string): number {
  const plainly = calmInstant(local, zone)
  if (plainly !== undefined) return plainly
  const plain = Temporal.PlainDateTime.from(local.replace(' ', 'T'))
  const found = plain.toZonedDateTime(zone)
  if (found.hour === plain.hour && found.minute === plain.minute) return found.epochMilliseconds
  const change = found.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  return change?.epochMilliseconds ?? found.epochMilliseconds
}

/** Whether the zone is one that clocks go by: `Asia/Shanghai`. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** `YYYY-MM-DD` of an instant in a zone. */
export function localDate(at: number, zone: string): string {
  const offset = steadyOffset(at, zone)
  if (offset !== undefined) return dateOfDay(Math.floor((at + offset) / DAY_MS))
  return zoned(at, zone).toPlainDate().toString()
}

/** `HH:MM` of an instant in a zone. */
export function localTime(at: number, zone: string): string {
  const offset = steadyOffset(at, zone)
  if (offset !== undefined) return timeOfMinute(Math.floor((at + offset) / 60_000))
  return zoned(at, zone).toPlainTime().toString().slice(0, 5)
}

/** Calendar steps first, in the zone and clamped at a month's end, then exact time. */
export function addDuration(at: number, { months, days, ms }: Duration, zone: string): number {
  if (months === 0 && days === 0) return at + ms
  const plainly = at + days * DAY_MS
  const offset = steadyOffset(at, zone)
  if (months === 0 && offset !== undefined && offset === steadyOffset(plainly, zone)) return plainly + ms
  return zoned(at, zone).add({ months, days }).epochMilliseconds + ms
}

/** The date after (or, with a negative count, before) a date. */
export function addDays(date: string, days: number): string {
  return dateOfDay(Math.floor(Date.parse(date) / DAY_MS) + days)
}

/** A date moved by whole calendar steps, clamped at a month's end; exact time counts by whole days. Null beyond the years of four digits. */
export function shiftDate(date: string, { months, days, ms }: Duration, sign: 1 | -1): string | null {
  const moved = months === 0 ? date : addMonths(date, sign * months)
  const shifted = addDays(moved, sign * (days + Math.trunc(ms / DAY_MS)))
  return isDate(shifted) ? shifted : null
}

function addMonths(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString()
}

/** 1 is Monday, 7 Sunday. */
export function weekday(date: string): number {
  return new Date(date).getUTCDay() || 7
}

/** The instant of a local time in days on which the zone's clocks are left alone; undefined for any other text or day. */
function calmInstant(local: string, zone: string): number | undefined {
  const iso = `${local.replace(' ', 'T')}:00.000Z`
  const asUtc = Date.parse(iso)
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString() !== iso) return undefined
  const offset = calmOffset(asUtc, zone)
  return offset === undefined ? undefined : asUtc - offset
}

const dates = new Map<number, string>()
/** Days whose dates are remembered; all are dropped when there are more, which is cheaper than choosing. */
const MAX_DATES = 20_000

/** The date of a day, counted from the first of 1970. */
function dateOfDay(day: number): string {
  let date = dates.get(day)
  if (date !== undefined) return date
  if (dates.size >= MAX_DATES) dates.clear()
  dates.set(day, (date = new Date(day * DAY_MS).toISOString().split('T')[0]!))
  return date
}

/** `HH:MM` of a minute, counted from any midnight. */
function timeOfMinute(minute: number): string {
  const ofDay = ((minute % 1440) + 1440) % 1440
  const [hours, minutes] = [Math.floor(ofDay / 60), ofDay % 60]
  return `${hours < 10 ? '0' : ''}${hours}:${minutes < 10 ? '0' : ''}${minutes}`
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
}
