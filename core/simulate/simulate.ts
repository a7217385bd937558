import type { Blueprint } from '#core/blueprint'
import type { Decision, TicketState } from '#core/desk'
import { emptyWorld, note, playUntil, sendTo, setRoster, setShift, startReach, type World } from '#core/play'
import { addDays, boundOf } from '#core/values'
import type { Traffic } from '#core/wire'
import { awaitOutcome, awaitReply, workOf } from './act.ts'
import { settle, startArrivals } from './arrive.ts'
import { RANK, type Game } from './game.ts'
import { reportOf, type Report } from './report.ts'
import { shiftOf, type Shift } from './shifts.ts'
import { shelvesOf, startDeliveries, takeUsed } from './stock.ts'
import { countDecision, countSend, countWaiting, emptyTally, nodeCount } from './tally.ts'
import { wholeTraffic, type WholeTraffic } from './traffic.ts'
import { serve, standInLine } from './waiting.ts'
import { hurry, letGo, queueUp, takeUp, type Worker } from './worker.ts'

export interface Simulation {
  readonly blueprint: Blueprint
  readonly traffic: Traffic
  readonly days: number
  /** Any whole number; the same one brings the same month. */
  readonly seed: number
  /** Looks on at every decision; then events come with their traces. */
  readonly watch?: (decision: Decision, before: TicketState | undefined) => void
  /** Hears that another day begins. */
  readonly dayBegan?: () => void
}

/** How long somebody may still be busy with what the last day brought. */
const OVERTIME_DAYS = 2

/** Plays a desk under traffic, by the engine that serves real tickets. Pure: the same for the same seed, to the byte. */
export function simulate(simulation: Simulation): Report {
  return reportOf(playOut(simulation).game, simulation)
}

/** The desk as it stands when the days are over. */
export function playOut(simulation: Simulation): { readonly game: Game } {
  const game = startGame(simulation)
  startReach(game.world)
  startShifts(game)
  startDeliveries(game)
  startArrivals(game)
  const refused = playUntil(game.world, game.to)
  if (refused) throw new Error(`a timer of the desk was refused: ${refused.refused}`)
  return { game }
}

function startGame({ blueprint, traffic: given, days, seed, watch, dayBegan }: Simulation): Game {
  const traffic = wholeTraffic(blueprint, given)
  const { zone } = blueprint.pack
  const from = boundOf(`${traffic.startsOn} 00:00`, zone)
  const to = boundOf(`${addDays(traffic.startsOn, days)} 00:00`, zone)
  const tally = emptyTally()
  const world: World = emptyWorld(blueprint, from, {
    isTerse: watch === undefined,
    decided: (decision, before) => {
      watch?.(decision, before)
      countDecision(tally, decision, before)
      follow(game, decision, before)
    },
    sent: message => countSend(tally, message),
  })
  const workers = hire(blueprint, traffic, { from, days: days + OVERTIME_DAYS, world })
  const game: Game = {
    ...{ world, traffic, seed, from, to, tally, workers, waiting: new Map() },
    ...{ shelves: shelvesOf(blueprint, traffic), keys: settle(world, traffic, seed) },
    ...(dayBegan && { dayBegan }),
  }
  return game
}

/** Everybody of the roster, with their shifts. */
function hire(
  blueprint: Blueprint,
  { staff, startsOn }: WholeTraffic,
  { from, days, world }: { from: number; days: number; world: World },
): Map<string, Worker> {
  const workers = new Map<string, Worker>()
  const numbers = new Map<string, number>()
  const roster = staff.flatMap(crew => {
    const shift = shiftOf(blueprint, crew, { from: startsOn, days })
    return Array.from({ length: crew.count }, () => {
      const number = (numbers.get(crew.role) ?? 0) + 1
      numbers.set(crew.role, number)
      const id = `${crew.role}-${number}`
      workers.set(id, newWorker({ id, role: crew.role, shift, hourly: crew.hourly ?? 0 }))
      const { teams = Object.keys(blueprint.teams), skills = Object.keys(blueprint.skills) } = crew
      const onShift = shift.some(([start, end]) => start <= from && from < end)
      return { id, name: id, roles: [crew.role], teams, skills, store: crew.store ?? null, onShift }
    })
  })
  setRoster(world.people, roster)
  return workers
}

function newWorker(who: Pick<Worker, 'id' | 'role' | 'shift' | 'hourly'>): Worker {
  return { ...who, queue: [[], [], [], []], work: null, begunAt: 0, worked: 0, done: 0 }
}

/** Lets shifts begin and end, those of one crew together. */
function startShifts(game: Game): void {
  const crews = new Map<Shift, string[]>()
  for (const { id, shift } of game.workers.values()) crews.set(shift, [...(crews.get(shift) ?? []), id])
  for (const [shift, ids] of crews)
    for (const [start, end] of shift) {
      note(game.world.agenda, { at: start, rank: RANK.shift, fire: () => beginShift(game, ids) })
      note(game.world.agenda, {
        ...{ at: end, rank: RANK.shift },
        fire: () => ids.forEach(id => setShift(game.world.people, id, false)),
      })
    }
}

function beginShift(game: Game, ids: readonly string[]): void {
  for (const id of ids) setShift(game.world.people, id, true)
  for (const id of ids) takeUp(game, game.workers.get(id)!)
  for (const id of ids) serve(game, id)
}

/** What a decision brings for those who work, wait, answer and deliver. */
function follow(game: Game, { state, events, effects }: Decision, before: TicketState | undefined): void {
  if (game.shelves.lists.size > 0) for (const event of events) takeUsed(game, state, event, before)
  const freed = leave(game, state, before)
  enter(game, state, before)
  if (before && before.priority !== state.priority) hasten(game, state)
  for (const effect of effects) {
    if (effect.effect === 'run-action') awaitOutcome(game, state.id, effect)
    if (effect.effect !== 'notify-customer' || state.customer === null) continue
    const { node: step, purpose, text } = effect
    sendTo(game.world, { sop: state.kind, step, customer: state.customer, purpose, channel: 'wecom', text })
  }
  for (const staff of freed) serve(game, staff)
  if (state.closedAt !== null) forget(game, state)
}

/** Whoever held a place that was left has free hands; yields who they are. */
function leave(game: Game, state: TicketState, before: TicketState | undefined): string[] {
  const freed: string[] = []
  for (const [node, token] of Object.entries(before?.tokens ?? {})) {
    const now = state.tokens[node]
    const isSame = now?.visit === token.visit
    if (isSame && now.assignee === token.assignee) continue
    if (token.assignee === null) {
      if (waitsForSomebody(game, state.kind, node)) {
        const counted = nodeCount(game.tally, state.kind, node)
        countWaiting(counted, -1)
        counted.forSomebody.push(game.world.at - token.since)
      }
      continue
    }
    const worker = game.workers.get(token.assignee)
    if (worker) letGo(game, worker, { ticket: state.id, node, kind: state.kind })
    freed.push(token.assignee)
  }
  return freed
}

/** Places that were entered, given to somebody, or passed on. */
function enter(game: Game, state: TicketState, before: TicketState | undefined): void {
  for (const [node, token] of Object.entries(state.tokens)) {
    const was = before?.tokens[node]
    const isNew = was?.visit !== token.visit
    if (!isNew && was!.assignee === token.assignee && was!.team === token.team) continue
    const { by } = game.world.blueprint.tickets[state.kind]!.nodes[node]!
    if (by === 'customer') {
      if (isNew) awaitReply(game, state, node)
    } else if (token.assignee !== null) begin(game, state, node)
    else if (waitsForSomebody(game, state.kind, node)) {
      if (isNew || was!.assignee !== null) countWaiting(nodeCount(game.tally, state.kind, node), 1)
      standInLine(game, state, node)
    }
  }
}

function begin(game: Game, state: TicketState, node: string): void {
  const { assignee, visit, since } = state.tokens[node]!
  const worker = game.workers.get(assignee!)
  if (since === game.world.at) nodeCount(game.tally, state.kind, node).forSomebody.push(0)
  if (!worker) return
  const place = { ticket: state.id, node, visit }
  const ms = workOf(game, state.kind, place)
  queueUp(game, worker, { ...place, ms, givenAt: game.world.at, waits: true, tries: 0 }, state.kind)
}

/** What has become more urgent is taken up earlier. */
function hasten(game: Game, state: TicketState): void {
  for (const [node, { assignee }] of Object.entries(state.tokens)) {
    const worker = assignee === null ? undefined : game.workers.get(assignee)
    if (worker) hurry(game, worker, { ticket: state.id, node })
    else if (assignee === null && waitsForSomebody(game, state.kind, node)) standInLine(game, state, node)
  }
}

function waitsForSomebody({ world }: Game, kind: string, node: string): boolean {
  const { by, run } = world.blueprint.tickets[kind]!.nodes[node]!
  return by !== 'customer' && by !== 'system' && !run
}

/** A ticket that is over is kept only where a record counts its tickets. */
function forget({ world }: Game, { id, subject }: TicketState): void {
  if (subject !== null && world.about.has(subject)) return
  world.tickets.delete(id)
}
