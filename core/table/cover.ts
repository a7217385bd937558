import { sharedLength, type Box } from './box.ts'

/** A part of the space: the first and the last segment of each column. */
export interface Room {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** Steps that a proof may still take; one is a box looked at in a room. */
export interface Budget {
  steps: number
}

export type Cover =
  /** A point that no box holds, a segment of each column. */
  | { readonly gap: readonly number[] }
  /** The boxes by which the room is full. */
  | { readonly by: ReadonlySet<number> }
  | 'undecided'

/**
 * Whether boxes fill a room, by k-d descent: a room that one box holds is full, a room that none meets is a gap, any other is
 * cut in two where boxes end. The half that is less full goes first, so that a gap is found soon where there is one.
 */
export function cover(room: Room, boxes: readonly Box[], budget: Budget): Cover {
  const by = new Set<number>()
  const rooms: { room: Room; boxes: readonly Box[] }[] = [{ room, boxes }]
  for (let next = rooms.pop(); next; next = rooms.pop()) {
    const { low, high } = next.room
    budget.steps -= next.boxes.length
    if (budget.steps < 0) return 'undecided'
    const meeting: Box[] = []
    const full = gather(next.room, next.boxes, meeting)
    if (full !== undefined) {
      by.add(full)
      continue
    }
    if (meeting.length === 0) return { gap: low }
    const { column, at } = cutOf(next.room, meeting)
    const halves = [
      { low, high: high.with(column, at - 1) },
      { low: low.with(column, at), high },
    ].map(half => ({ room: half, boxes: meeting, fill: fillOf(half, meeting) }))
    rooms.push(...halves.sort((a, b) => b.fill - a.fill))
  }
  return { by }
}

/** Collects the boxes that meet the room; the id of one that holds it all, if any. */
function gather({ low, high }: Room, boxes: readonly Box[], meeting: Box[]): number | undefined {
  for (const box of boxes) {
    let meets = true
    let holds = true
    for (let column = 0; meets && column < low.length; column++) {
      const shared = sharedLength(box.sides[column]!, low[column]!, high[column]!)
      meets = shared > 0
      holds &&= shared === high[column]! - low[column]! + 1
    }
    if (meets && holds) return box.id
    if (meets) meeting.push(box)
  }
  return undefined
}

/** So many boxes show well enough where to cut. */
const SAMPLE = 256

/** The column in which the most boxes end inside the room, and the middle one of their ends. */
function cutOf({ low, high }: Room, boxes: readonly Box[]): { column: number; at: number } {
  const every = Math.ceil(boxes.length / SAMPLE)
  const sample = every === 1 ? boxes : boxes.filter((_, index) => index % every === 0)
  let best = { cutting: 0, column: 0, ends: [] as number[] }
  for (let column = 0; column < low.length; column++) {
    const [from, to] = [low[column]!, high[column]!]
    const ends: number[] = []
    let cutting = 0
    for (const { sides } of sample) {
      const before = ends.length
      sides[column]!.forEach((segment, at) => {
        const start = at % 2 === 0 ? segment : segment + 1
        if (start > from && start <= to) ends.push(start)
      })
      if (ends.length > before) cutting++
    }
    if (cutting > best.cutting) best = { cutting, column, ends }
  }
  const { column, ends } = best
  return { column, at: ends.sort((a, b) => a - b)[ends.length >> 1]! }
}

/** How much of a room boxes take up, in rooms; what several take counts each time. */
export function fillOf({ low, high }: Room, boxes: readonly Box[]): number {
  let fill = 0
  for (const { sides } of boxes) {
    let share = 1
    for (let column = 0; share > 0 && column < low.length; column++)
      share *= sharedLength(sides[column]!, low[column]!, high[column]!) / (high[column]! - low[column]! + 1)
    fill += share
  }
  return fill
}
