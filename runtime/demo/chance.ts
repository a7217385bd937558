import { createHash } from 'node:crypto'

/** Throws that depend on nothing but the seed and how many were made. */
export interface Chance {
  /** A whole number from `from` up to, with, `to`. */
  readonly between: (from: number, to: number) => number
  readonly pick: <T>(list: readonly T[]) => T
}

export function createChance(seed: string): Chance {
  let thrown = 0
  const below = (limit: number) =>
    createHash('sha256').update(`${seed}/${thrown++}`).digest().readUInt32BE(0) % limit
  return {
    between: (from, to) => from + below(to - from + 1),
    pick: list => list[below(list.length)]!,
  }
}
