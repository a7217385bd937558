import { firstShared, meet, type Box } from './box.ts'

export interface Overlap {
  readonly first: number
  readonly second: number
  /** A segment of each column that both boxes hold. */
  readonly point: readonly number[]
}

/**
 * Pairs of boxes that share a point, `limit` of them at most, leaving out those that are `harmless`: a plane sweep along the
 * column whose sides are the shortest, each box compared with the active ones it meets there. Boxes must not be empty.
 */
export function sweepOverlaps(
  boxes: readonly Box[],
  sizes: readonly number[],
  { limit, isHarmless }: { limit: number; isHarmless: (first: number, second: number) => boolean },
): Overlap[] {
  const columns = bySelectivity(boxes, sizes)
  const [swept = 0, ...others] = columns
  const found = new Map<string, Overlap>()
  let active: Entry[] = []
  for (const entry of entriesOf(boxes, swept)) {
    active = active.filter(({ end }) => end >= entry.start)
    for (const { box } of active) {
      if (!others.every(column => meet(box.sides[column]!, entry.box.sides[column]!))) continue
      const [first, second] = box.id < entry.box.id ? [box, entry.box] : [entry.box, box]
      if (first.id === second.id || isHarmless(first.id, second.id)) continue
      const point = first.sides.map((side, column) => firstShared(side, second.sides[column]!))
      found.set(`${first.id}/${second.id}`, { first: first.id, second: second.id, point })
      if (found.size === limit) return inOrder(found)
    }
    active.push(entry)
  }
  return inOrder(found)
}

interface Entry {
  readonly start: number
  readonly end: number
  readonly box: Box
}

function entriesOf(boxes: readonly Box[], column: number): Entry[] {
  const entries = boxes.flatMap((box): Entry[] => {
    const side = box.sides[column] ?? [0, 0]
    return side.flatMap((start, at) => (at % 2 === 0 ? [{ start, end: side[at + 1]!, box }] : []))
  })
  return entries.sort((a, b) => a.start - b.start || a.box.id - b.box.id)
}

/** Columns by the share of their axis that a box takes on average, the smallest first. */
function bySelectivity(boxes: readonly Box[], sizes: readonly number[]): number[] {
  const shares = sizes.map((size, column) => {
    let taken = 0
    for (const { sides } of boxes) {
      const side = sides[column]!
      for (let at = 0; at < side.length; at += 2) taken += side[at + 1]! - side[at]! + 1
    }
    return taken / size
  })
  return shares.map((_, column) => column).sort((a, b) => shares[a]! - shares[b]!)
}

function inOrder(found: ReadonlyMap<string, Overlap>): Overlap[] {
  return [...found.values()].sort((a, b) => a.first - b.first || a.second - b.second)
}
