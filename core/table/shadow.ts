import { isEmpty, meet, type Box } from './box.ts'
import { cover, fillOf, type Budget, type Room } from './cover.ts'

/** A row that never answers, and the rows before it (in the order of asking) that take every input it fits; none when nothing fits it. */
export interface Shadow {
  readonly row: number
  readonly by: readonly number[]
}

/** So few covering rows are tried one by one for whether the others suffice. */
const MAX_TRIED = 32
/** Shares of a room are added up as floating numbers; this much is within their error. */
const TOLERANCE = 1e-9

/** The boxes, given in the order in which rows are asked, that those before them hold altogether. */
export function shadows(boxes: readonly Box[], budget: Budget): readonly Shadow[] | 'undecided' {
  const found: Shadow[] = []
  for (const [index, box] of boxes.entries()) {
    if (isEmpty(box)) {
      found.push({ row: box.id, by: [] })
      continue
    }
    const by = takenBy(box, meetingBefore(boxes, index), budget)
    if (by === 'undecided') return by
    if (by) found.push({ row: box.id, by })
  }
  return found
}

function meetingBefore(boxes: readonly Box[], index: number): Box[] {
  const { sides } = boxes[index]!
  const meeting: Box[] = []
  for (let at = 0; at < index; at++) {
    const other = boxes[at]!
    let meets = true
    for (let column = 0; meets && column < sides.length; column++)
      meets = meet(other.sides[column]!, sides[column]!)
    if (meets) meeting.push(other)
  }
  return meeting
}

function takenBy(
  box: Box,
  before: readonly Box[],
  budget: Budget,
): readonly number[] | 'undecided' | undefined {
  const room: Room = {
    low: box.sides.map(side => side[0]!),
    high: box.sides.map(side => side.at(-1)!),
  }
  const holes = holesOf(box)
  if (fillOf(room, [...holes, ...before]) < 1 - TOLERANCE) return undefined
  const answer = cover(room, [...holes, ...before], budget)
  if (answer === 'undecided') return answer
  if ('gap' in answer) return undefined
  let needed = before.filter(({ id }) => answer.by.has(id))
  if (needed.length <= MAX_TRIED)
    for (const one of needed) {
      const others = needed.filter(other => other !== one)
      const without = cover(room, [...holes, ...others], budget)
      if (without !== 'undecided' && 'by' in without) needed = others
    }
  return needed.map(({ id }) => id).sort((a, b) => a - b)
}

/** What the room around a box has more than the box, so that it need not be covered: its sides may have gaps. */
function holesOf({ sides }: Box): Box[] {
  return sides.flatMap((side, column) => {
    const hole = side.slice(1, -1).map((segment, at) => (at % 2 === 0 ? segment + 1 : segment - 1))
    return hole.length === 0
      ? []
      : [{ id: -1, sides: sides.map((own, at) => (at === column ? hole : [own[0]!, own.at(-1)!])) }]
  })
}
