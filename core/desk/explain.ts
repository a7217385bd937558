import type { Blueprint, Code, TargetBlueprint } from '#core/blueprint'
import { conditionOtherwise, type Words, type World } from '#core/otherwise'
import { price, priceOtherwise, priceOtherwiseWords } from '#core/pricing'
import { routeAnswer, routeOtherwise, routeOtherwiseWords, whyNotWords, type Otherwise } from '#core/routing'
import { clockOtherwise, clockOtherwiseWords, clockVerdict } from '#core/sla'
import { evaluate } from '#core/table'
import { apply, replay } from './apply.ts'
import type { DeskFacts } from './draft.ts'
import {
  branchOtherwiseWords,
  ticketWorld,
  transitionOtherwise,
  transitionOtherwiseWords,
  whereTo,
} from './otherwise.ts'
import type { Happening, TicketEvent, TicketState } from './state.ts'

/** A sentence about what would have decided otherwise; of a price also the line and step (from 0) it is about. */
export interface OtherwiseSaid extends Words {
  readonly line: string | null
  readonly row: number | null
  readonly step: number | null
}

/** A decision of a ticket's history. `stale` when what it read has changed since, so that nothing can be said of it. */
export interface Explained {
  readonly event: TicketEvent
  readonly otherwise: readonly OtherwiseSaid[]
  readonly stale: boolean
}

/** A ticket's history with all that is known now; `now` is the desk's time (epoch ms). */
export interface History {
  readonly blueprint: Blueprint
  readonly events: readonly TicketEvent[]
  readonly facts: DeskFacts
  readonly now: number
  readonly mayRead: (field: string) => boolean
}

/**
 * The decisions of these kinds with what would have decided otherwise. Each is made again by what is known now, from the
 * state it was made in; only if it comes out as recorded is anything said about it. Pure.
 */
export function explainHistory(history: History, kinds: ReadonlySet<Happening['kind']>): Explained[] {
  const explained: Explained[] = []
  const moved = history.events.findLast(({ happened }) => happened.kind === 'migrated')?.seq ?? 0
  let state: TicketState | undefined
  for (const event of history.events) {
    if (state && kinds.has(event.happened.kind)) {
      // Why: what was decided under an earlier version went by a blueprint that is not at hand.
      const said = event.seq < moved ? undefined : otherwiseOf({ ...history, state, event })
      explained.push({ event, otherwise: said ?? [], stale: said === undefined })
    }
    state = apply(state, event)
  }
  return explained
}

/** One decision: the state before it, and the history it stands in. */
interface Decided extends History {
  readonly state: TicketState
  readonly event: TicketEvent
}

/** Undefined when the decision does not come out as it was recorded. */
function otherwiseOf(decided: Decided): OtherwiseSaid[] | undefined {
  const { happened } = decided.event
  switch (happened.kind) {
    case 'assigned':
      return ofAssignment(decided)
    case 'node-left':
      return happened.event === null ? [] : ofTransition(decided, happened.node, happened.event)
    case 'region-entered':
      return ofRegion(decided, happened)
    case 'priced':
      return ofPrice(decided, happened)
    case 'clock-started':
      return ofClock(decided, happened)
    case 'clock-reached':
      return Number(happened.share) < 1 ? [] : ofClock(decided, happened)
    default:
      return []
  }
}

/** A transition where a ticket stands: where it leads as things are, and what would lead it elsewhere. */
export interface OpenTransition {
  readonly node: string
  readonly event: string
  /** Null when no condition of it holds. */
  readonly target: TargetBlueprint | undefined | null
  readonly otherwise: readonly OtherwiseSaid[]
}

/** Every transition where a ticket stands now that has conditions. */
export function explainOpen(history: History): OpenTransition[] {
  const { blueprint, events, facts, now, mayRead } = history
  const state = replay(events)
  if (!state || state.closedAt !== null) return []
  const { kind } = state
  const world = ticketWorld(blueprint, state, { facts, at: now, mayRead })
  return Object.keys(state.tokens).flatMap(name => {
    const node = blueprint.tickets[kind]!.nodes[name]!
    const guarded = node.reactions.filter(({ when }) => when).flatMap(reaction => reaction.events)
    return [...new Set(guarded)].map(event => ({
      ...{ node: name, event, target: whereTo(world, node, event) },
      otherwise: transitionOtherwise(world, node, event).map(one =>
        whole(transitionOtherwiseWords(world, { kind, event }, one)),
      ),
    }))
  })
}

const whole = (words: Words): OtherwiseSaid => ({ ...words, line: null, row: null, step: null })

function worldOf({ blueprint, state, facts, event, mayRead }: Decided): World {
  return ticketWorld(blueprint, state, { facts, at: event.at, mayRead })
}

/** Who else might have had it was worked out then, with the people as they were; the table is asked again. */
function ofAssignment(decided: Decided): OtherwiseSaid[] | undefined {
  const { blueprint, facts, state, event } = decided
  const { node, team } = event.happened as Happening & { kind: 'assigned' }
  const trace = event.trace as { row: number | null; otherwise?: readonly Otherwise[] } | undefined
  const nameOf = (id: string) => facts.staff.find(person => person.id === id)?.name ?? id
  const people = (trace?.otherwise ?? []).map(one => whole(whyNotWords(nameOf(one.staff), one)))
  const route = blueprint.routes[`${state.kind}.${node}`]
  if (!route || !trace || trace.row === null) return people
  const world = worldOf(decided)
  const answer = routeAnswer(blueprint, route, world.fresh())
  if (answer.row !== trace.row || (answer.values.team ?? null) !== team) return undefined
  return [...people, ...routeOtherwise(world, route).map(one => whole(routeOtherwiseWords(world, one)))]
}

function ofTransition(decided: Decided, node: string, event: string): OtherwiseSaid[] | undefined {
  const { blueprint, state } = decided
  const world = worldOf(decided)
  const declared = blueprint.tickets[state.kind]!.nodes[node]!
  const target = whereTo(world, declared, event)
  if (!target || !wentTo(decided, target)) return undefined
  return transitionOtherwise(world, declared, event).map(one =>
    whole(transitionOtherwiseWords(world, { kind: state.kind, event }, one)),
  )
}

const arrivals: ReadonlySet<string> = new Set(['node-entered', 'region-entered', 'branch-done', 'closed'])

/** Whether what happened next was the arrival at a target. */
function wentTo({ events, event }: Decided, target: TargetBlueprint): boolean {
  const next = events.find(({ seq, happened }) => seq > event.seq && arrivals.has(happened.kind))?.happened
  if (next?.kind === 'branch-done') return target.go === 'done'
  if (target.go === 'done' || !next) return false
  if (next.kind === 'node-entered') return next.node === target.to
  if (next.kind === 'region-entered') return next.parallel === target.to
  return next.kind === 'closed' && next.outcome === target.to
}

function ofRegion(
  decided: Decided,
  { parallel, branches }: { parallel: string; branches: readonly string[] },
): OtherwiseSaid[] | undefined {
  const { blueprint, state } = decided
  const world = worldOf(decided)
  const declared = blueprint.tickets[state.kind]!.parallels[parallel]!.branches
  const holds = (when: Code) => evaluate(blueprint, when, world.fresh()) === true
  const conditional = Object.entries(declared).flatMap(([branch, { when }]) =>
    when ? [{ branch, when, active: branches.includes(branch) }] : [],
  )
  if (conditional.some(({ when, active }) => holds(when) !== active)) return undefined
  return conditional.flatMap(branch =>
    conditionOtherwise(world, branch.when).map(changes =>
      whole(branchOtherwiseWords(world, branch, changes)),
    ),
  )
}

function ofPrice(
  decided: Decided,
  { price: name, total }: { price: string; total: string },
): OtherwiseSaid[] | undefined {
  const world = worldOf(decided)
  if (!Object.hasOwn(decided.blueprint.prices, name)) return undefined
  const again = price(decided.blueprint, name, world.fresh())
  if ('missing' in again || again.total !== total) return undefined
  return priceOtherwise(world, name).map(found => {
    const { line, row, step } = found
    return { ...priceOtherwiseWords(world, name, found), line, row, step }
  })
}

/** A clock from its start to the instant its node was left, or to now. */
function ofClock(
  decided: Decided,
  { node, clock: name }: { node: string; clock: string },
): OtherwiseSaid[] | undefined {
  const { blueprint, state, events, event, facts, now } = decided
  const { clocks, nodes } = blueprint.tickets[state.kind]!
  const clock = [...clocks, ...nodes[node]!.clocks].find(one => one.name === name)
  const isStart = (one: TicketEvent) =>
    one.happened.kind === 'clock-started' && one.happened.node === node && one.happened.clock === name
  const started = events.findLast(one => one.seq <= event.seq && isStart(one))
  if (!clock || !started) return undefined
  const left = events.find(
    ({ seq, happened }) => seq > started.seq && happened.kind === 'node-left' && happened.node === node,
  )
  const run = { span: clock.span, frame: facts, startedAt: started.at, endedAt: left?.at ?? now }
  const before = replay(events.filter(({ seq }) => seq < started.seq))
  const world = worldOf({ ...decided, event: started, state: before ?? state })
  const { dueAt } = started.happened as Happening & { kind: 'clock-started' }
  if (clockVerdict(world, run)?.dueAt !== dueAt) return undefined
  return clockOtherwise(world, run).map(one => whole(clockOtherwiseWords(world, one)))
}
