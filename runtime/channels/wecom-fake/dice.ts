import { createHash } from 'node:crypto'

/** Randomness that a seed repeats. */
export type Dice = {
  /** Fresh bytes. */
  readonly bytes: (count: number) => Buffer
  /** A fresh id of URL-safe characters. */
  readonly id: (length: number) => string
  /** A whole number from 0 up to, without, `limit`. */
  readonly below: (limit: number) => number
  /** True with the given probability, 0 to 1. */
  readonly chance: (probability: number) => boolean
}

/** Dice whose throws depend on nothing but the seed and how many were made. */
export function createDice(seed: string): Dice {
  let thrown = 0
  const block = () => createHash('sha256').update(`${seed}/${thrown++}`).digest()
  const bytes = (count: number) =>
    Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, block)).subarray(0, count)
  const unit = () => bytes(6).readUIntBE(0, 6) / 2 ** 48
  return {
    bytes,
    id: length => bytes(length).toString('base64url').slice(0, length),
    below: limit => Math.floor(unit() * limit),
    chance: probability => probability > 0 && unit() < probability,
  }
}
