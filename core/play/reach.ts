import { customerFacts, type Reason } from '#core/limit'
import {
  decideSop,
  enrol,
  mayEnter,
  momentOf,
  nextSweep,
  type Enrolment,
  type SopCommand,
  type SopDecision,
} from '#core/sop'
import { readRecord } from '#core/form'
import { holidayTables } from '#core/values'
import { note } from './agenda.ts'
import { sendTo, type SentMessage, type Verdict } from './send.ts'
import { ownerOf, type World } from './world.ts'

/** What became of customers' messages and journeys. */
export interface Reach {
  readonly enrolments: Map<string, Enrolment>
  /** Customer to their enrolments and their messages, in order. */
  readonly enrolled: Map<string, string[]>
  readonly messages: Map<string, SentMessage[]>
  /** Customer to event (`订单.下单`) to the instant (epoch ms) of the last one. */
  readonly last: Record<string, Record<string, number>>
  /** When segments are looked through next; null while nothing waits for it. */
  sweepAt: number | null
  /** Records whose moment is still to come, by SOP, trigger and record. */
  readonly moments: Map<string, Moment>
  /** Who complained about which SOP; it is paused once its limit says so. */
  readonly complaints: Map<string, Set<string>>
  readonly paused: Set<string>
}

interface Moment {
  readonly at: number
  readonly sop: string
  readonly trigger: number
  readonly subject: { readonly entity: string; readonly key: string }
}

/** A line of a desk’s history about a journey. */
export interface ReachEvent {
  readonly at: number
  readonly happened: {
    readonly kind: 'sop-enrolled' | `sop-${Verdict}` | 'sop-todo' | 'sop-ended'
    readonly step?: string
    readonly text?: string
    readonly status?: string
    readonly reasons?: readonly Reason['reason'][]
  }
}

export function emptyReach(): Reach {
  return {
    ...{ enrolments: new Map(), enrolled: new Map(), messages: new Map(), last: {}, sweepAt: null },
    ...{ moments: new Map(), complaints: new Map(), paused: new Set() },
  }
}

/** From here on segments are looked through: at once, then each morning. */
export function startReach(world: World): void {
  const waits = Object.values(world.blueprint.sops).some(sop =>
    sop.triggers.some(({ on }) => on === 'segment'),
  )
  if (waits && world.reach.sweepAt === null) awaitSweep(world, world.at)
}

/** A record was kept: its date may bring its customer in one day. */
export function awaitMoment(world: World, subject: Moment['subject']): void {
  const { blueprint, records, at, reach } = world
  for (const sop in blueprint.sops)
    for (const [index, trigger] of blueprint.sops[sop]!.triggers.entries()) {
      if (trigger.on !== 'moment' || trigger.subject !== subject.entity) continue
      const record = readRecord(blueprint, { records, settings: {} }, subject)
      const instant = momentOf(blueprint, trigger, record)
      const id = `${sop}/${index}/${subject.key}`
      reach.moments.delete(id)
      if (instant === undefined || instant <= at) continue
      const moment = { at: instant, sop, trigger: index, subject }
      reach.moments.set(id, moment)
      note(world.agenda, {
        ...{ at: instant, rank: 3, isDue: () => reach.moments.get(id) === moment },
        fire: () => fireMoment(world, id, moment),
      })
    }
}

/** Something happened to a record: journeys of its customer answer it, and may begin by it. */
export function reportEvent(
  world: World,
  { entity, key, event, customer }: Moment['subject'] & { event: string; customer: string },
): void {
  const { reach, at, blueprint } = world
  const name = `${entity}.${event}`
  ;(reach.last[customer] ??= {})[name] = at
  for (const id of [...(reach.enrolled.get(customer) ?? [])])
    advance(world, id, { command: 'event', event: name })
  const subject = entity === 'customer' ? null : { entity, key }
  for (const [sop, { triggers }] of Object.entries(blueprint.sops)) {
    const index = triggers.findIndex(trigger => trigger.on === 'event' && trigger.subject === name)
    if (index >= 0) enter(world, { sop, trigger: index, customer, subject })
  }
}

/** What conditions about a customer read. */
export function factsAbout(world: World, customer: string, subject: Enrolment['subject']) {
  const { blueprint, records, tickets, reach, at, open } = world
  const kinds = [...(open.get(customer) ?? [])].map(id => tickets.get(id)!.kind)
  const history = { open: new Set(kinds), last: reach.last[customer] ?? {} }
  const about = { customer, subject, history, at, zone: blueprint.pack.zone }
  return customerFacts(blueprint, { records, settings: {} }, about)
}

function fireMoment(world: World, id: string, { sop, trigger, subject }: Moment): void {
  world.reach.moments.delete(id)
  const customer = ownerOf(world, subject.entity, subject.key) ?? lastCustomer(world)
  if (customer !== undefined) enter(world, { sop, trigger, customer, subject })
}

function lastCustomer({ records }: World): string | undefined {
  return Object.keys(records.customer ?? {}).at(-1)
}

function awaitSweep(world: World, at: number): void {
  world.reach.sweepAt = at
  note(world.agenda, { at, rank: 4, fire: () => sweep(world) })
}

function sweep(world: World): void {
  const { blueprint, at } = world
  awaitSweep(world, nextSweep(at, blueprint.pack.zone))
  // Why kept: what is known of a customer is the same for every SOP that looks at them this morning.
  const questions = new Map<string, ReturnType<typeof questionOf>>()
  for (const [sop, { triggers }] of Object.entries(blueprint.sops)) {
    if (!triggers.some(({ on }) => on === 'segment')) continue
    for (const customer of Object.keys(world.records.customer ?? {})) {
      const question = questions.get(customer) ?? questionOf(world, customer, null)
      questions.set(customer, question)
      // Why one: a desk notes whom an SOP is to enrol, not by which of its segments.
      const trigger = triggers.findLastIndex(
        each => each.on === 'segment' && mayEnter(question, each, undefined) === 'enter',
      )
      if (trigger >= 0) enter(world, { sop, trigger, customer, subject: null })
    }
  }
}

interface Entry {
  readonly sop: string
  readonly trigger: number
  readonly customer: string
  readonly subject: Enrolment['subject']
}

function enter(world: World, { sop, trigger, customer, subject }: Entry): void {
  const { enrolments, enrolled } = world.reach
  const all = enrolled.get(customer) ?? []
  const own = all.flatMap(id => {
    const state = enrolments.get(id)!
    return state.sop === sop ? [state] : []
  })
  const last = own.at(-1)
  const question = questionOf(world, customer, subject)
  const known = last && { startedAt: last.startedAt, isRunning: last.dueAt !== null }
  if (mayEnter(question, world.blueprint.sops[sop]!.triggers[trigger]!, known) !== 'enter') return
  const id = `${sop}/${customer}/${own.length}`
  enrolled.set(customer, [...all, id])
  tell(world, sop, { kind: 'sop-enrolled' })
  commit(world, enrol(question, { command: 'enrol', id, sop, customer, subject }))
}

function advance(world: World, id: string, command: Exclude<SopCommand, { command: 'enrol' }>): void {
  const state = world.reach.enrolments.get(id)!
  const decision = decideSop(questionOf(world, state.customer, state.subject), state, command)
  if (decision) commit(world, decision)
}

function questionOf(world: World, customer: string, subject: Enrolment['subject']) {
  const { blueprint, at } = world
  const frame = { zone: blueprint.pack.zone, holidays: holidayTables }
  return { blueprint, facts: factsAbout(world, customer, subject), frame, at }
}

function commit(world: World, { state, effects }: SopDecision): void {
  const { enrolments } = world.reach
  const { id, sop, customer, dueAt } = state
  enrolments.set(id, state)
  if (dueAt !== null)
    note(world.agenda, {
      ...{ at: dueAt, rank: 1, isDue: () => enrolments.get(id)!.dueAt === dueAt },
      fire: () => advance(world, id, { command: 'due' }),
    })
  for (const effect of effects) {
    const { step, text } = effect
    if (effect.effect === 'task') tell(world, sop, { kind: 'sop-todo', step, text })
    else
      for (const channel of effect.channels)
        sendTo(world, { sop, step, customer, purpose: effect.purpose, channel, text })
  }
  if (dueAt === null) tell(world, sop, { kind: 'sop-ended', status: state.status })
}

/** Lets whoever looks on know. */
export function tell(world: World, sop: string, happened: ReachEvent['happened']): void {
  world.watch.reached?.(sop, { at: world.at, happened })
}
