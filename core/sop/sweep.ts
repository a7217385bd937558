import { addDays, boundOf, localDate } from '#core/values'

/** Segments are looked through once a day at this local time. */
const SWEEP_TIME = '09:00'
/** How long after a message of an SOP a complaint still speaks against it, in ms. */
export const BLAME_MS = 30 * 24 * 3_600_000

/** When segments are looked through after they were at `at`; epoch ms. */
export function nextSweep(at: number, zone: string): number {
  return boundOf(`${addDays(localDate(at, zone), 1)} ${SWEEP_TIME}`, zone)
}
