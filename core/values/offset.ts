import { Temporal } from 'temporal-polyfill'

const DAY_MS = 86_400_000
/** Days kept per zone; all are dropped when there are more, which is cheaper than choosing. */
const MAX_KEPT = 20_000

const kept = new Map<string, Map<number, number | null>>()

/**
 * How far a zone is ahead of UTC (ms) on the whole UTC day around an instant; undefined on a day on which its clocks are
 * changed. No zone has ever changed its clocks there and back within one day. Throws RangeError for an unknown zone.
 */
export function steadyOffset(at: number, zone: string): number | undefined {
  const day = Math.floor(at / DAY_MS)
  let days = kept.get(zone)
  if (!days || days.size > MAX_KEPT) kept.set(zone, (days = new Map()))
  let offset = days.get(day)
  if (offset === undefined) {
    const [first, last] = [offsetOf(day * DAY_MS, zone), offsetOf((day + 1) * DAY_MS, zone)]
    days.set(day, (offset = first === last ? first : null))
  }
  return offset ?? undefined
}

/** The same where the days before and after have it too, so that a local time near midnight comes once. */
export function calmOffset(at: number, zone: string): number | undefined {
  const offset = steadyOffset(at, zone)
  const isCalm = steadyOffset(at - DAY_MS, zone) === offset && steadyOffset(at + DAY_MS, zone) === offset
  return isCalm ? offset : undefined
}

function offsetOf(at: number, zone: string): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return offsetNanoseconds / 1_000_000
}
