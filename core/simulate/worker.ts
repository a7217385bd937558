import { priorities } from '#core/blueprint'
import { note } from '#core/play'
import { act } from './act.ts'
import { RANK, type Game } from './game.ts'
import { countWaiting, nodeCount } from './tally.ts'
import { afterWork, isWorked, workBetween, type Shift } from './shifts.ts'

/** Somebody at work: one place at a time, the most urgent first. */
export interface Worker {
  readonly id: string
  readonly role: string
  readonly shift: Shift
  readonly hourly: number
  /** Places given and not begun, by priority. */
  readonly queue: Place[][]
  work: Place | null
  /** When the work in hand began, and how much has been done, in ms of the shift. */
  begunAt: number
  worked: number
  done: number
}

/** A place in somebody's hands. */
export interface Place {
  readonly ticket: string
  readonly node: string
  readonly visit: number
  readonly givenAt: number
  /** How much work it takes, in ms. */
  readonly ms: number
  /** Whether it still waits for hands to begin. */
  waits: boolean
  /** How often somebody has tried to lead it on. */
  tries: number
}

/** A place was given to somebody: they begin at once when their hands are free. */
export function queueUp(game: Game, worker: Worker, place: Place, kind: string): void {
  countWaiting(nodeCount(game.tally, kind, place.node), 1)
  place.waits = true
  worker.queue[urgencyOf(game, place.ticket)]!.push(place)
  if (worker.work === null) takeUp(game, worker)
}

/** It has become more urgent than it was. */
export function hurry(game: Game, worker: Worker, place: Pick<Place, 'ticket' | 'node'>): void {
  for (const queue of worker.queue) {
    const index = queue.findIndex(each => each.ticket === place.ticket && each.node === place.node)
    if (index >= 0) worker.queue[urgencyOf(game, place.ticket)]!.push(...queue.splice(index, 1))
  }
}

/** Lets go of a place that somebody else, or time, led on. */
export function letGo(
  game: Game,
  worker: Worker,
  left: { ticket: string; node: string; kind: string },
): void {
  const { work } = worker
  if (work?.ticket === left.ticket && work.node === left.node) {
    stop(game, worker)
    takeUp(game, worker)
    return
  }
  for (const queue of worker.queue) {
    const index = queue.findIndex(each => each.ticket === left.ticket && each.node === left.node)
    if (index < 0) continue
    queue.splice(index, 1)
    countWaiting(nodeCount(game.tally, left.kind, left.node), -1)
    return
  }
}

/** Begins with what is most urgent, when the shift has begun. */
export function takeUp(game: Game, worker: Worker): void {
  const { world, tally } = game
  if (worker.work !== null || !isWorked(worker.shift, world.at)) return
  const queue = worker.queue.findLast(({ length }) => length > 0)
  const place = queue?.shift()
  if (!place) return
  const { kind } = world.tickets.get(place.ticket)!
  const counted = nodeCount(tally, kind, place.node)
  countWaiting(counted, -1)
  counted.forHands.push(world.at - place.givenAt)
  place.waits = false
  worker.work = place
  worker.begunAt = world.at
  const until = afterWork(worker.shift, world.at, place.ms)
  if (until > game.to) return
  note(world.agenda, {
    ...{ at: until, rank: RANK.work, isDue: () => worker.work === place },
    fire: () => {
      stop(game, worker)
      act(game, { ...place, staff: worker.id })
      takeUp(game, worker)
    },
  })
}

/** The hands are free again. */
function stop(game: Game, worker: Worker): void {
  worker.worked += workedSince(worker, game.world.at)
  worker.done++
  worker.work = null
}

/** How much of the shift went into the work in hand by an instant. */
export function workedSince({ work, shift, begunAt }: Worker, at: number): number {
  return work === null ? 0 : workBetween(shift, begunAt, at)
}

function urgencyOf({ world }: Game, ticket: string): number {
  return priorities.indexOf(world.tickets.get(ticket)!.priority)
}
