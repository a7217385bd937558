import type { Blueprint } from '#core/blueprint'
import {
  isRefusal,
  type Asker,
  type Command,
  type DeskFacts,
  type Refusal,
  type TicketState,
} from '#core/desk'
import { withSettings, type FieldValues } from '#core/form'
import { ask, factsOf, noticeComplaint, playUntil, reportEvent, startReach, type World } from '#core/play'
import { spanInstant } from '#core/sla'
import { instantOf } from '#core/values'
import type { PlacedScenario, ScenarioStep } from '#dsl/check'
import { holds, sidesOf } from './expectation.ts'
import { staffOf } from './stand-ins.ts'
import { customerOf, give, hire, startStory, type Happened, type Story } from './story.ts'

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
  const story = startStory(countingOn(blueprint, scenario), instantOf(DEFAULT_START, blueprint.pack.zone))
  for (const step of scenario.steps) {
    const failed = playStep(story, step)
    if (failed) {
      const standing = [...story.world.tickets.values()].map(standingOf)
      return { scenario, failure: { start: step.start, standing, ...failed }, ...leftBy(story) }
    }
  }
  return { scenario, failure: null, ...leftBy(story) }
}

/** A story that counts on a setting holds whatever a desk chose; the others play by the desk’s. */
function countingOn(blueprint: Blueprint, { steps }: PlacedScenario): Blueprint {
  const told = steps.flatMap(step => (step.kind === 'given-setting' ? [step.chosen] : []))
  return told.length === 0 ? blueprint : withSettings(blueprint, Object.assign({}, ...told) as FieldValues)
}

function leftBy({ world, history }: Story): Pick<ScenarioResult, 'history' | 'tickets' | 'facts'> {
  return { history, tickets: [...world.tickets.values()], facts: factsOf(world) }
}

type Failed = Pick<ScenarioFailure, 'reason' | 'detail'>

function playStep(story: Story, step: ScenarioStep): Failed | undefined {
  const { world } = story
  if (step.kind === 'at') {
    world.at = instantOf(step.local, world.blueprint.pack.zone)
    return undefined
  }
  if (step.kind === 'given') {
    give(world, step.record)
    if (step.staff) hire(story, step.staff)
    return undefined
  }
  if (step.kind === 'given-signal') {
    world.signals[step.signal] = step.said
    return undefined
  }
  // What it counts on holds from its start.
  if (step.kind === 'given-setting') return undefined
  if (step.kind === 'given-action') {
    story.answers.set(step.action, step.output)
    return undefined
  }
  if (step.kind === 'create') return create(world, step)
  if (step.kind === 'report') return report(world, step)
  if (step.kind === 'do') return take(world, step)
  if (step.kind === 'wait') return wait(world, step)
  return holds(story, step.condition)
    ? undefined
    : { reason: 'not-held', detail: sidesOf(story, step.condition) }
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
  const customer = entity === 'customer' ? key : customerOf(world, entity, key)
  reportEvent(world, { entity, key, event, customer })
  return undefined
}

/** Lets time pass; whatever falls due on the way fires in order, each at its own instant. */
function wait(world: World, step: ScenarioStep & { kind: 'wait' }): Failed | undefined {
  const moment = { span: step.span, facts: {}, frame: factsOf(world) }
  const end = spanInstant(world.blueprint, moment, { from: world.at, thousandths: 1000 })
  if ('beyond' in end) return { reason: 'calendar', detail: end.beyond }
  startReach(world)
  const refused = playUntil(world, end.at)
  return refused && failedBy(refused)
}

function run(world: World, id: string, asked: { asker: Asker; command: Command }): Failed | undefined {
  const answer = ask(world, id, asked)
  return isRefusal(answer) ? failedBy(answer) : undefined
}

function failedBy(refused: Refusal): Failed {
  return { reason: 'refused', detail: refusalText(refused) }
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
