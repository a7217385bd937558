import type { Refusal } from '#core/desk'

/** Something that falls due at an instant (epoch ms). What is moot by then does not happen. */
export interface Due {
  readonly at: number
  /** Of what falls due at one instant the lowest comes first, then the least key, then what was noted first. */
  readonly rank: number
  readonly key?: string
  readonly isDue?: () => boolean
  readonly fire: () => Refusal | undefined | void
}

/** What is to happen, soonest first: a binary heap. */
export interface Agenda {
  readonly heap: (Due & { readonly order: number })[]
  noted: number
}

export function emptyAgenda(): Agenda {
  return { heap: [], noted: 0 }
}

export function note(agenda: Agenda, due: Due): void {
  const { heap } = agenda
  const entry = { ...due, order: agenda.noted++ }
  let hole = heap.length
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (!isBefore(entry, heap[parent]!)) break
    heap[hole] = heap[parent]!
    hole = parent
  }
  heap[hole] = entry
}

/** Takes the next thing that falls due at or before `until`; undefined when nothing does. */
export function takeNext({ heap }: Agenda, until: number): Due | undefined {
  while (heap.length > 0 && heap[0]!.at <= until) {
    const first = heap[0]!
    removeFirst(heap)
    if (!first.isDue || first.isDue()) return first
  }
  return undefined
}

function removeFirst(heap: Agenda['heap']): void {
  const last = heap.pop()!
  const { length } = heap
  if (length === 0) return
  let hole = 0
  for (;;) {
    let child = 2 * hole + 1
    if (child >= length) break
    if (child + 1 < length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[hole] = heap[child]!
    hole = child
  }
  heap[hole] = last
}

function isBefore(a: Agenda['heap'][number], b: Agenda['heap'][number]): boolean {
  if (a.at !== b.at) return a.at < b.at
  if (a.rank !== b.rank) return a.rank < b.rank
  if (a.key !== b.key && a.key !== undefined && b.key !== undefined) return a.key < b.key
  return a.order < b.order
}
