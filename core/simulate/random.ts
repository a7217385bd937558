/** Numbers from 0 up to 1, evenly; the same sequence for the same seed and path. */
export type Random = () => number

/**
 * A source of its own for each thing that is drawn, by a path such as stream, ticket and node: what one draws changes
 * nothing for the others, so that two packs meet the same customers on the same days.
 */
export function randomOf(seed: number, ...path: readonly (string | number)[]): Random {
  let a = hashOf(path, seed | 0)
  return () => {
    // Why: Mulberry32, whose 32 bits of state are enough for the few numbers that one path draws.
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** An index by weights; -1 when none of them is above zero. */
export function pickIndex(random: Random, weights: readonly number[]): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  let last = -1
  for (let index = 0; index < weights.length; index++) {
    if (!(weights[index]! > 0)) continue
    last = index
    left -= weights[index]!
    if (left < 0) return index
  }
  return last
}

/** A length around a median, never negative; its logarithm scatters by `spread`. */
export function scattered(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return median * Math.exp(spread * normal)
}

/** FNV-1a with a last mix, so that paths that differ in one character lie far apart; a zero stands between parts. */
function hashOf(path: readonly (string | number)[], seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let part = 0; part < path.length; part++) {
    if (part > 0) hash = Math.imul(hash, 0x01000193)
    const text = String(path[part])
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
