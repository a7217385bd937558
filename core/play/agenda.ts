import type { Refusal } from '#core/desk'

/** Something that falls due at an instant (epoch ms). What is moot by then does not happen, and stays moot. */
export interface Due {
  readonly at: number
  /** Of what falls due at one instant the lowest comes first, then the least key, then what was noted first. */
  readonly rank: number
  readonly key?: string
  isDue?(): boolean
  fire(): Refusal | undefined | void
}

interface Entry {
  readonly due: Due
  readonly order: number
}

/**
 * What is to happen. The hour at hand is a binary heap; later hours are plain lists, since most of what is noted for them
 * (clocks, above all) is moot before they come.
 */
export interface Agenda {
  readonly heap: Entry[]
  readonly later: Map<number, Entry[]>
  /** What is due before this instant stands in the heap. */
  horizon: number
  noted: number
}

const HOUR_MS = 3_600_000

export function emptyAgenda(): Agenda {
  return { heap: [], later: new Map(), horizon: -Infinity, noted: 0 }
}

export function note(agenda: Agenda, due: Due): void {
  const entry = { due, order: agenda.noted++ }
  if (due.at < agenda.horizon) return add(agenda.heap, entry)
  const hour = Math.floor(due.at / HOUR_MS)
  const entries = agenda.later.get(hour)
  if (entries) entries.push(entry)
  else agenda.later.set(hour, [entry])
}

/** Takes the next thing that falls due at or before `until`; undefined when nothing does. */
export function takeNext(agenda: Agenda, until: number): Due | undefined {
  const { heap } = agenda
  for (;;) {
    while (heap.length > 0 && heap[0]!.due.at <= until) {
      const { due } = heap[0]!
      removeFirst(heap)
      if (!due.isDue || due.isDue()) return due
    }
    if (heap.length > 0 || !openNext(agenda, until)) return undefined
  }
}

/** Takes the next hour that has something into the heap; false when it begins after `until`, or there is none. */
function openNext(agenda: Agenda, until: number): boolean {
  const { later, heap } = agenda
  let next = Infinity
  for (const hour of later.keys()) if (hour < next) next = hour
  if (next === Infinity || next * HOUR_MS > until) return false
  for (const entry of later.get(next)!) if (!entry.due.isDue || entry.due.isDue()) add(heap, entry)
  later.delete(next)
  agenda.horizon = (next + 1) * HOUR_MS
  return true
}

function add(heap: Entry[], entry: Entry): void {
  let hole = heap.length
  heap.push(entry)
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (!isBefore(entry, heap[parent]!)) break
    heap[hole] = heap[parent]!
    hole = parent
  }
  heap[hole] = entry
}

function removeFirst(heap: Entry[]): void {
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

function isBefore(a: Entry, b: Entry): boolean {
  const [first, second] = [a.due, b.due]
  if (first.at !== second.at) return first.at < second.at
  if (first.rank !== second.rank) return first.rank < second.rank
  if (first.key !== second.key && first.key !== undefined && second.key !== undefined)
    return first.key < second.key
  return a.order < b.order
}
