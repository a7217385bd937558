import { ABSENT, LOWEST, type Scale } from './code.ts'

/**
 * Places one after the other: each its number, then its first and last code on every scale, so that what is looked at
 * together lies together. Where all codes are small they take half the room, as finding one of many rows is waiting for
 * memory; what is asked is then narrowed alike.
 */
export interface Bounds {
  readonly of: Float64Array | Int32Array
  /** How many numbers a place takes. */
  readonly stride: number
  /** A code as it compares with these bounds. */
  readonly narrow: (code: number) => number
}

const LEAST = -(2 ** 31)
const GREATEST = 2 ** 31 - 1

/** The bounds of the places in this order. */
export function boundsOf(scales: readonly Scale[], places: Int32Array): Bounds {
  const stride = scales.length * 2 + 1
  const isNarrow = scales.every(areSmall)
  const narrow = isNarrow ? narrowed : (code: number) => code
  const of = isNarrow ? new Int32Array(places.length * stride) : new Float64Array(places.length * stride)
  for (let index = 0, at = 0; index < places.length; index++) {
    const place = places[index]!
    of[at++] = place
    for (const { low, high } of scales) {
      of[at++] = narrow(low[place]!)
      of[at++] = narrow(high[place]!)
    }
  }
  return { of, stride, narrow }
}

/** Whether a code is the same among narrow bounds, as nearly all are. */
export function isSame(code: number): boolean {
  return code >= 0 && code < GREATEST
}

/** Whether no end of an interval is taken for an absent value or an open end when it is narrowed. */
function areSmall({ low, high }: Scale): boolean {
  for (let place = 0; place < low.length; place++) {
    const first = low[place]!
    const last = high[place]!
    if (!isSame(first) && first !== ABSENT && first !== LOWEST && !(first > LEAST + 1 && first < 0))
      return false
    if (!isSame(last) && last !== ABSENT && last !== Infinity && !(last > LEAST + 1 && last < 0)) return false
  }
  return true
}

/** INVARIANT: compares with every bound that is small, and with those that stand for something, as the code itself does. */
function narrowed(code: number): number {
  if (code === ABSENT) return LEAST
  return Math.max(LEAST + 1, Math.min(GREATEST, code))
}
