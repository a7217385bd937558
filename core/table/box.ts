import type { Side } from './axis.ts'

/** A row in the space of segments: one side per column. `id` is the row it stands for, or none. */
export interface Box {
  readonly id: number
  readonly sides: readonly Side[]
}

export function isEmpty({ sides }: Box): boolean {
  return sides.some(side => side.length === 0)
}

export function meet(a: Side, b: Side): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i + 1]! < b[j]!) i += 2
    else if (b[j + 1]! < a[i]!) j += 2
    else return true
  }
  return false
}

/** The first segment that two sides share; they must meet. */
export function firstShared(a: Side, b: Side): number {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i + 1]! < b[j]!) i += 2
    else if (b[j + 1]! < a[i]!) j += 2
    else return Math.max(a[i]!, b[j]!)
  }
  return -1
}

/** How many segments from `low` to `high` lie in a side. */
export function sharedLength(side: Side, low: number, high: number): number {
  let length = 0
  for (let at = 0; at < side.length; at += 2) {
    const from = Math.max(side[at]!, low)
    const to = Math.min(side[at + 1]!, high)
    if (from <= to) length += to - from + 1
  }
  return length
}

/** How many points a box has. */
export function volumeOf({ sides }: Box): bigint {
  let volume = 1n
  for (const side of sides) volume *= BigInt(sharedLength(side, 0, Infinity))
  return volume
}
