import type { Blueprint } from '#core/blueprint'
import {
  decide,
  isRefusal,
  type Asker,
  type Command,
  type DeskFacts,
  type Effect,
  type Refusal,
  type TicketState,
} from '#core/desk'
import { spanInstant } from '#core/sla'
import { instantOf } from '#core/values'
import type { PlacedScenario, ScenarioStep } from '#dsl/check'
import { holds, sidesOf } from './expectation.ts'
import { emptyReach, nextReach, noticeComplaint, reportEvent, startReach } from './reach.ts'
import { noteHolders, previousHolders, staffOf } from './staff.ts'
import { customerOf, factsOf, give, others, type Happened, type World } from './world.ts'

/** How a story ended: `failure` null when every step held. */
export interface ScenarioResult {
  readonly scenario: PlacedScenario
  readonly failure: ScenarioFailure | null
  /** Everything that happened, in order, with the kind of ticket it happened to. */
  readonly history: readonly Happened[]
  /** The tickets as they stood in the end, and what their expressions could read. */
  readonly tickets: readonly TicketState[]
  readonly facts: DeskFacts
}

export interface ScenarioFailure {
  /** Offset of the step in its file. */
  readonly start: number
  readonly reason: 'refused' | 'not-held' | 'no-ticket' | 'no-record' | 'calendar'
  readonly detail: string
  /** Where the tickets stood. */
  readonly standing: readonly string[]
}

/** Monday morning of a week without holidays: where a story starts that does not say when. */
const DEFAULT_START = '2026-03-02 09:00'

/** Plays a story on a virtual clock, with one member of staff for each role, in every team and with every skill. */
export function playScenario(blueprint: Blueprint, scenario: PlacedScenario): ScenarioResult {
  const at = instantOf(DEFAULT_START, blueprint.pack.zone)
  const known = { records: {}, tickets: new Map(), effects: [], answers: new Map(), signals: {}, history: [] }
  const people = { staff: [], holders: [], idleSince: new Map() }
  const world: World = { blueprint, at, ...known, ...people, reach: emptyReach() }
  for (const step of scenario.steps) {
    const failed = playStep(world, step)
    if (failed) {
      const standing = [...world.tickets.values()].map(standingOf)
      return { scenario, failure: { start: step.start, standing, ...failed }, ...leftBy(world) }
    }
  }
  return { scenario, failure: null, ...leftBy(world) }
}

function leftBy(world: World): Pick<ScenarioResult, 'history' | 'tickets' | 'facts'> {
  return { history: world.history, tickets: [...world.tickets.values()], facts: factsOf(world) }
}

type Failed = Pick<ScenarioFailure, 'reason' | 'detail'>

function playStep(world: World, step: ScenarioStep): Failed | undefined {
  if (step.kind === 'at') {
    world.at = instantOf(step.local, world.blueprint.pack.zone)
    return undefined
  }
  if (step.kind === 'given') {
    give(world, step.record)
    if (step.staff) world.staff.push(step.staff)
    return undefined
  }
  if (step.kind === 'given-signal') {
    world.signals[step.signal] = step.said
    return undefined
  }
  if (step.kind === 'given-action') {
    world.answers.set(step.action, step.output)
    return undefined
  }
  if (step.kind === 'create') return create(world, step)
  if (step.kind === 'report') return report(world, step)
  if (step.kind === 'do') return take(world, step)
  if (step.kind === 'wait') return wait(world, step)
  return holds(world, step.condition)
    ? undefined
    : { reason: 'not-held', detail: sidesOf(world, step.condition) }
}

function create(world: World, step: ScenarioStep & { kind: 'create' }): Failed | undefined {
  const ticket = world.blueprint.tickets[step.ticket]!
  const { subject: entity } = world.blueprint.forms[ticket.form]!
  const subject = entity === null ? null : (Object.keys(world.records[entity] ?? {}).at(-1) ?? null)
  const customer = customerOf(world, entity, subject)
  const id = `${step.ticket}-${world.tickets.size + 1}`
  const asker = askerOf(step.as ?? 'customer', customer)
  const entry = ticket.entries[0] ?? ''
  const command: Command = {
    ...{
      command: 'open',
      id,
      ticket: step.ticket,
      entry,
      customer,
      subject,
      fields: step.fields,
      draft: false,
    },
  }
  const failed = run(world, id, { asker, command })
  if (!failed) noticeComplaint(world, { kind: step.ticket, customer })
  return failed
}

function take(world: World, step: ScenarioStep & { kind: 'do' }): Failed | undefined {
  const state = [...world.tickets.values()].findLast(ticket => ticket.tokens[step.node])
  if (!state) return { reason: 'no-ticket', detail: step.node }
  const { node, event, fields } = step
  const asker = askerOf(step.as, state.customer)
  return run(world, state.id, { asker, command: { command: 'transition', node, event, fields } })
}

/** Something happened to the record of its entity that the story named last, or to its customer. */
function report(world: World, { entity, event }: ScenarioStep & { kind: 'report' }): Failed | undefined {
  const key = Object.keys(world.records[entity] ?? {}).at(-1)
  if (key === undefined) return { reason: 'no-record', detail: entity }
  reportEvent(world, { entity, key, event })
  return undefined
}

/** Lets time pass; whatever falls due on the way fires in order, each at its own instant. */
function wait(world: World, step: ScenarioStep & { kind: 'wait' }): Failed | undefined {
  const moment = { span: step.span, facts: {}, frame: factsOf(world) }
  const end = spanInstant(world.blueprint, moment, { from: world.at, thousandths: 1000 })
  if ('beyond' in end) return { reason: 'calendar', detail: end.beyond }
  startReach(world)
  for (;;) {
    const next = [nextTimer(world, end.at), nextReach(world, end.at)]
      .filter(due => due !== undefined)
      .sort((a, b) => a.at - b.at)[0]
    if (!next) break
    world.at = Math.max(world.at, next.at)
    const failed = next.fire()
    if (failed) return failed
  }
  world.at = end.at
  return undefined
}

interface Due {
  readonly at: number
  readonly fire: () => Failed | undefined | void
}

function nextTimer(world: World, until: number): Due | undefined {
  const next = [...world.tickets.values()]
    .flatMap(ticket => ticket.timers.map(timer => ({ ticket: ticket.id, timer })))
    .filter(({ timer }) => timer.dueAt <= until)
    .sort((a, b) => a.timer.dueAt - b.timer.dueAt || (a.timer.id < b.timer.id ? -1 : 1))[0]
  if (!next) return undefined
  const asker: Asker = { actor: { kind: 'system', id: 'clock' }, roles: [] }
  const command = { command: 'due', timer: next.timer.id } as const
  return { at: next.timer.dueAt, fire: () => run(world, next.ticket, { asker, command }) }
}

function run(
  world: World,
  id: string,
  { asker, command }: { asker: Asker; command: Command },
): Failed | undefined {
  const { blueprint, at } = world
  const before = world.tickets.get(id)
  const customer = command.command === 'open' ? command.customer : (before?.customer ?? null)
  const question = {
    blueprint,
    newest: blueprint,
    state: before,
    asker,
    at,
    facts: {
      ...factsOf(world),
      tickets: others(world, id),
      previous: previousHolders(world, { ticket: id, customer }),
    },
  }
  const answer = decide(question, command)
  if (isRefusal(answer)) return { reason: 'refused', detail: refusalText(answer) }
  world.tickets.set(id, answer.state)
  noteHolders(world, before, answer.state)
  world.effects.push(...answer.effects)
  world.history.push(...answer.events.map(event => ({ kind: answer.state.kind, event })))
  for (const effect of answer.effects) {
    const failed = effect.effect === 'run-action' ? answerRun(world, id, effect) : undefined
    if (failed) return failed
  }
  return undefined
}

/** An action answers as the story says, else with its first outcome. */
function answerRun(world: World, id: string, effect: Effect & { effect: 'run-action' }): Failed | undefined {
  const { outputs, outcomes } = world.blueprint.actions[effect.action]!
  const output = world.answers.get(effect.action) ?? {}
  const field = outputs.find(({ values }) => values)?.name
  const said = field === undefined ? undefined : output[field]
  const outcome = typeof said === 'string' ? said : (outcomes[0] ?? '')
  const asker: Asker = { actor: { kind: 'system', id: effect.action }, roles: [] }
  const { node, visit } = effect
  return run(world, id, {
    asker,
    command: { command: 'outcome', node, visit, outcome, output, detail: null },
  })
}

function refusalText({ refused, params, problems }: Refusal): string {
  const faults = (problems ?? []).map(({ field, problem, detail }) =>
    [field, problem, detail].filter(Boolean).join(' '),
  )
  return [refused, ...Object.values(params), ...faults].join(' · ')
}

function askerOf(role: string, customer: string | null): Asker {
  if (role === 'customer') return { actor: { kind: 'customer', id: customer ?? '' }, roles: [] }
  return { actor: { kind: 'staff', id: staffOf(role) }, roles: [role] }
}

function standingOf(state: TicketState): string {
  return `${state.kind}: ${state.outcome ?? Object.keys(state.tokens).join(', ')}`
}
