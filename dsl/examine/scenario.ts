import type { Blueprint } from '#core/blueprint'
import {
  decide,
  filledForm,
  isRefusal,
  type Asker,
  type Command,
  type DeskFacts,
  type Effect,
  type Refusal,
  type TicketEvent,
  type TicketState,
} from '#core/desk'
import { formRecord, type FieldValues, type TicketAround } from '#core/form'
import type { StaffFact } from '#core/routing'
import { spanInstant } from '#core/sla'
import { evaluate } from '#core/table'
import { encodeValue, holidayTables, instantOf, type JsonValue, type Value } from '#core/values'
import type { Expectation, GivenRecord, PlacedScenario, ScenarioStep } from '#dsl/check'

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
  readonly reason: 'refused' | 'not-held' | 'no-ticket' | 'calendar'
  readonly detail: string
  /** Where the tickets stood. */
  readonly standing: readonly string[]
}

export interface Happened {
  readonly kind: string
  readonly event: TicketEvent
}

interface World {
  readonly history: Happened[]
  readonly blueprint: Blueprint
  at: number
  readonly records: Record<string, Record<string, FieldValues>>
  readonly tickets: Map<string, TicketState>
  readonly effects: Effect[]
  /** What actions answer in this story. */
  readonly answers: Map<string, FieldValues>
}

/** Monday morning of a week without holidays: where a story starts that does not say when. */
const DEFAULT_START = '2026-03-02 09:00'

/** Plays a story on a virtual clock, with one member of staff for each role, in every team and with every skill. */
export function playScenario(blueprint: Blueprint, scenario: PlacedScenario): ScenarioResult {
  const at = instantOf(DEFAULT_START, blueprint.pack.zone)
  const known = { records: {}, tickets: new Map(), effects: [], answers: new Map(), history: [] }
  const world: World = { blueprint, at, ...known }
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
    return undefined
  }
  if (step.kind === 'given-action') {
    world.answers.set(step.action, step.output)
    return undefined
  }
  if (step.kind === 'create') return create(world, step)
  if (step.kind === 'do') return take(world, step)
  if (step.kind === 'wait') return wait(world, step)
  return holds(world, step.condition)
    ? undefined
    : { reason: 'not-held', detail: sidesOf(world, step.condition) }
}

/** Keeps a record and those inside it; a record without its key gets a name. */
function give(world: World, { entity, fields }: GivenRecord): string {
  const flat = Object.entries(fields).map(
    ([name, value]) => [name, isGiven(value) ? give(world, value) : value] as const,
  )
  const all: Record<string, JsonValue> = Object.fromEntries(flat)
  const keyField = world.blueprint.entities[entity]?.key
  const given = keyField ? all[keyField] : all.id
  const table = (world.records[entity] ??= {})
  const key = typeof given === 'string' ? given : `${entity}-${Object.keys(table).length + 1}`
  table[key] = { id: key, ...all }
  return key
}

function isGiven(value: JsonValue | GivenRecord): value is GivenRecord {
  return typeof value === 'object' && value !== null && 'entity' in value
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
  return run(world, id, { asker, command })
}

function customerOf(world: World, entity: string | null, subject: string | null): string {
  const fields = entity === null ? {} : (world.blueprint.entities[entity]?.fields ?? {})
  const link = Object.entries(fields).find(([, { type }]) => type.kind === 'ref' && type.name === 'customer')
  const linked = link && subject !== null ? world.records[entity!]![subject]![link[0]] : undefined
  if (typeof linked === 'string') return linked
  return Object.keys(world.records.customer ?? {}).at(-1) ?? give(world, { entity: 'customer', fields: {} })
}

function take(world: World, step: ScenarioStep & { kind: 'do' }): Failed | undefined {
  const state = [...world.tickets.values()].findLast(ticket => ticket.tokens[step.node])
  if (!state) return { reason: 'no-ticket', detail: step.node }
  const { node, event, fields } = step
  const asker = askerOf(step.as, state.customer)
  return run(world, state.id, { asker, command: { command: 'transition', node, event, fields } })
}

/** Lets time pass; whatever falls due on the way fires in order, each at its own instant. */
function wait(world: World, step: ScenarioStep & { kind: 'wait' }): Failed | undefined {
  const moment = { span: step.span, facts: {}, frame: factsOf(world) }
  const end = spanInstant(world.blueprint, moment, { from: world.at, thousandths: 1000 })
  if ('beyond' in end) return { reason: 'calendar', detail: end.beyond }
  for (;;) {
    const next = [...world.tickets.values()]
      .flatMap(ticket => ticket.timers.map(timer => ({ ticket: ticket.id, timer })))
      .filter(({ timer }) => timer.dueAt <= end.at)
      .sort((a, b) => a.timer.dueAt - b.timer.dueAt || (a.timer.id < b.timer.id ? -1 : 1))[0]
    if (!next) break
    world.at = Math.max(world.at, next.timer.dueAt)
    const asker: Asker = { actor: { kind: 'system', id: 'clock' }, roles: [] }
    const failed = run(world, next.ticket, { asker, command: { command: 'due', timer: next.timer.id } })
    if (failed) return failed
  }
  world.at = end.at
  return undefined
}

function run(
  world: World,
  id: string,
  { asker, command }: { asker: Asker; command: Command },
): Failed | undefined {
  const { blueprint, at } = world
  const question = {
    blueprint,
    newest: blueprint,
    state: world.tickets.get(id),
    asker,
    at,
    facts: { ...factsOf(world), tickets: others(world, id) },
  }
  const answer = decide(question, command)
  if (isRefusal(answer)) return { reason: 'refused', detail: refusalText(answer) }
  world.tickets.set(id, answer.state)
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

const staffOf = (role: string) => `staff-${role}`

function askerOf(role: string, customer: string | null): Asker {
  if (role === 'customer') return { actor: { kind: 'customer', id: customer ?? '' }, roles: [] }
  return { actor: { kind: 'staff', id: staffOf(role) }, roles: [role] }
}

function factsOf(world: World): DeskFacts {
  const { blueprint, records } = world
  const tokens = [...world.tickets.values()].flatMap(ticket => Object.values(ticket.tokens))
  const staff = Object.keys(blueprint.roles).map((role): StaffFact => ({
    ...{ id: staffOf(role), name: role, roles: [role], onShift: true, store: null, idleSince: 0 },
    ...{ teams: Object.keys(blueprint.teams), skills: Object.keys(blueprint.skills) },
    load: tokens.filter(token => token.assignee === staffOf(role)).length,
  }))
  const { zone } = blueprint.pack
  return { records, settings: {}, zone, holidays: holidayTables, staff, previous: {} }
}

/** What stands on both sides of a comparison that did not hold: `872.96 = 1`; empty for anything else. */
function sidesOf(world: World, expected: Expectation): string {
  if (expected.is === 'both')
    return sidesOf(world, holds(world, expected.left) ? expected.right : expected.left)
  if (expected.is !== 'code' || expected.code.op !== 'apply' || expected.code.args.length !== 2) return ''
  const names = namesOf(world)
  const [left, right] = expected.code.args.map(arg => {
    const value = encodeValue(evaluate(world.blueprint, arg, names))
    return value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value)
  })
  return `${left} ${expected.code.fn} ${right}`
}

/** The tickets besides one, as conditions about its record read them. */
function others(world: World, id: string): TicketAround[] {
  return [...world.tickets.values()].flatMap(state =>
    state.id === id
      ? []
      : [{ ...filledForm(world.blueprint, state), id: state.id, kind: state.kind, outcome: state.outcome }],
  )
}

function holds(world: World, expected: Expectation): boolean {
  switch (expected.is) {
    case 'both':
      return holds(world, expected.left) && holds(world, expected.right)
    case 'either':
      return holds(world, expected.left) || holds(world, expected.right)
    case 'not':
      return !holds(world, expected.operand)
    case 'in':
      return standsIn(world, expected)
    case 'notified':
      return wasTold(world, expected.who)
    case 'code':
      return evaluate(world.blueprint, expected.code, namesOf(world)) === true
  }
}

function standsIn(world: World, { ticket, place }: { ticket: string; place: string }): boolean {
  const state = [...world.tickets.values()].findLast(({ kind }) => kind === ticket)
  if (!state) return false
  const ended = state.outcome === place || state.outcome?.startsWith(`${place}.`) === true
  return ended || Object.hasOwn(state.tokens, place) || Object.hasOwn(state.regions, place)
}

/** Told by a notice or an escalation; being given a ticket to work does not count. */
function wasTold(world: World, who: string): boolean {
  return world.effects.some(effect => {
    if (effect.effect === 'notify-customer') return who === 'customer'
    if (effect.effect === 'notify-admin') return who === 'admin'
    if (effect.effect !== 'notify-staff' || effect.reason === 'assigned') return false
    return effect.staff.includes(staffOf(who))
  })
}

/** Tickets by their kind, the newest of each. */
function namesOf(world: World): Record<string, Value> {
  const facts = factsOf(world)
  return Object.fromEntries(
    [...world.tickets.values()].map(state => [
      state.kind,
      formRecord(world.blueprint, filledForm(world.blueprint, state), {
        ...facts,
        at: world.at,
        tickets: others(world, state.id),
      }),
    ]),
  )
}

function standingOf(state: TicketState): string {
  return `${state.kind}: ${state.outcome ?? Object.keys(state.tokens).join(', ')}`
}
