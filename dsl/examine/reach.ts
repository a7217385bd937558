import type { Purpose } from '#core/blueprint'
import { customerFacts, judge, type Reason, type Sent } from '#core/limit'
import {
  BLAME_MS,
  decideSop,
  enrol,
  mayEnter,
  momentOf,
  nextSweep,
  type Enrolment,
  type SopCommand,
  type SopDecision,
  type SopEffect,
} from '#core/sop'
import { readRecord, settingFacts } from '#core/form'
import { evaluate } from '#core/table'
import { holidayTables } from '#core/values'
import { customerOf, type World } from './world.ts'

/** What became of a customer's messages and journeys in a story. */
export interface Reach {
  readonly enrolments: Map<string, Enrolment>
  readonly messages: StoryMessage[]
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

/** A message of a step, and each judgement of the gate about it. */
export interface StoryMessage {
  readonly sop: string
  readonly step: string
  readonly customer: string
  readonly purpose: Purpose
  readonly channel: string
  readonly text: string
  readonly verdicts: Verdict[]
  /** When it comes before the gate again, or went out. */
  at: number
}

export type Verdict = 'sent' | 'deferred' | 'dropped' | 'held'

/** A line of a story’s history about a journey. */
export interface ReachEvent {
  readonly at: number
  readonly happened: {
    readonly kind:
      'sop-enrolled' | 'sop-sent' | 'sop-deferred' | 'sop-dropped' | 'sop-held' | 'sop-todo' | 'sop-ended'
    readonly step?: string
    readonly text?: string
    readonly status?: string
    readonly reasons?: readonly Reason['reason'][]
  }
}

export function emptyReach(): Reach {
  return {
    ...{ enrolments: new Map(), messages: [], last: {}, sweepAt: null, moments: new Map() },
    ...{ complaints: new Map(), paused: new Set() },
  }
}

/** Whether a message of the step had such a verdict. */
export function hasMet(
  { messages }: Reach,
  { sop, step, verdict }: { readonly sop: string; readonly step: string; readonly verdict: Verdict },
): boolean {
  return messages.some(each => each.sop === sop && each.step === step && each.verdicts.includes(verdict))
}

/** The next thing that falls due at or before `until`, as an instant and what to do then; undefined when nothing does. */
export function nextReach(world: World, until: number): { at: number; fire: () => void } | undefined {
  const { reach } = world
  const due = [
    ...[...reach.enrolments.values()].flatMap(state =>
      state.dueAt === null
        ? []
        : [{ at: state.dueAt, fire: () => advance(world, state, { command: 'due' }) }],
    ),
    ...reach.messages.flatMap(message =>
      message.verdicts.at(-1) === 'deferred' ? [{ at: message.at, fire: () => gate(world, message) }] : [],
    ),
    ...[...reach.moments].map(([id, moment]) => ({
      at: moment.at,
      fire: () => fireMoment(world, id, moment),
    })),
    ...(reach.sweepAt === null ? [] : [{ at: reach.sweepAt, fire: () => sweep(world) }]),
  ]
  return due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
}

/** From here on segments are looked through: at once, then each morning. */
export function startReach(world: World): void {
  const waits = Object.values(world.blueprint.sops).some(sop =>
    sop.triggers.some(({ on }) => on === 'segment'),
  )
  if (waits) world.reach.sweepAt ??= world.at
}

/** A record was kept: its date may bring its customer in one day. */
export function awaitMoment(world: World, subject: Moment['subject']): void {
  const { blueprint, records, at, reach } = world
  for (const [sop, { triggers }] of Object.entries(blueprint.sops))
    for (const [index, trigger] of triggers.entries()) {
      if (trigger.on !== 'moment' || trigger.subject !== subject.entity) continue
      const record = readRecord(blueprint, { records, settings: {} }, subject)
      const moment = momentOf(blueprint, trigger, record)
      const id = `${sop}/${index}/${subject.key}`
      if (moment === undefined || moment <= at) reach.moments.delete(id)
      else reach.moments.set(id, { at: moment, sop, trigger: index, subject })
    }
}

/** Something happened to a record: journeys of its customer answer it, and may begin by it. */
export function reportEvent(
  world: World,
  { entity, key, event }: Moment['subject'] & { event: string },
): void {
  const { reach, at, blueprint } = world
  const name = `${entity}.${event}`
  const customer = entity === 'customer' ? key : customerOf(world, entity, key)
  ;(reach.last[customer] ??= {})[name] = at
  for (const state of [...reach.enrolments.values()])
    if (state.customer === customer) advance(world, state, { command: 'event', event: name })
  const subject = entity === 'customer' ? null : { entity, key }
  for (const [sop, { triggers }] of Object.entries(blueprint.sops)) {
    const index = triggers.findIndex(trigger => trigger.on === 'event' && trigger.subject === name)
    if (index >= 0) enter(world, { sop, trigger: index, customer, subject })
  }
}

/** A ticket was opened: where that is a complaint, SOPs that wrote to the customer may have to pause. */
export function noticeComplaint(world: World, { kind, customer }: { kind: string; customer: string }): void {
  const { reach, blueprint, at } = world
  for (const { pauses } of Object.values(blueprint.limits))
    for (const pause of pauses.filter(({ complaints }) => complaints.includes(kind)))
      for (const sop of writtenBy(reach, customer, at)) {
        const who = reach.complaints.get(sop) ?? new Set()
        reach.complaints.set(sop, who.add(customer))
        const facts = { ...settingFacts(blueprint, { records: {}, settings: {} }), complaints: who.size }
        if (evaluate(blueprint, pause.when, facts) === true) reach.paused.add(sop)
      }
}

function writtenBy({ messages }: Reach, customer: string, at: number): Set<string> {
  const sent = messages.filter(
    each => each.customer === customer && each.verdicts.at(-1) === 'sent' && each.at > at - BLAME_MS,
  )
  return new Set(sent.map(({ sop }) => sop))
}

function fireMoment(world: World, id: string, { sop, trigger, subject }: Moment): void {
  world.reach.moments.delete(id)
  enter(world, { sop, trigger, customer: customerOf(world, subject.entity, subject.key), subject })
}

function sweep(world: World): void {
  const { blueprint, reach, at } = world
  reach.sweepAt = nextSweep(at, blueprint.pack.zone)
  for (const [sop, { triggers }] of Object.entries(blueprint.sops))
    for (const customer of Object.keys(world.records.customer ?? {})) {
      const question = questionOf(world, customer, null)
      // Why one: a desk notes whom an SOP is to enrol, not by which of its segments.
      const trigger = triggers.findLastIndex(
        each => each.on === 'segment' && mayEnter(question, each, undefined) === 'enter',
      )
      if (trigger >= 0) enter(world, { sop, trigger, customer, subject: null })
    }
}

interface Entry {
  readonly sop: string
  readonly trigger: number
  readonly customer: string
  readonly subject: Enrolment['subject']
}

function enter(world: World, { sop, trigger, customer, subject }: Entry): void {
  const { enrolments } = world.reach
  const own = [...enrolments.values()].filter(state => state.sop === sop && state.customer === customer)
  const last = own.at(-1)
  const question = questionOf(world, customer, subject)
  const known = last && { startedAt: last.startedAt, isRunning: last.dueAt !== null }
  if (mayEnter(question, world.blueprint.sops[sop]!.triggers[trigger]!, known) !== 'enter') return
  const id = `${sop}/${customer}/${own.length}`
  note(world, sop, { kind: 'sop-enrolled' })
  commit(world, enrol(question, { command: 'enrol', id, sop, customer, subject }))
}

function advance(world: World, state: Enrolment, command: Exclude<SopCommand, { command: 'enrol' }>): void {
  const decision = decideSop(questionOf(world, state.customer, state.subject), state, command)
  if (decision) commit(world, decision)
}

function questionOf(world: World, customer: string, subject: Enrolment['subject']) {
  const { blueprint, at } = world
  const frame = { zone: blueprint.pack.zone, holidays: holidayTables }
  return { blueprint, facts: factsAbout(world, customer, subject), frame, at }
}

function factsAbout(world: World, customer: string, subject: Enrolment['subject']) {
  const { blueprint, records, tickets, reach, at } = world
  const own = [...tickets.values()].filter(state => state.customer === customer && state.closedAt === null)
  const history = { open: new Set(own.map(({ kind }) => kind)), last: reach.last[customer] ?? {} }
  const about = { customer, subject, history, at, zone: blueprint.pack.zone }
  return customerFacts(blueprint, { records, settings: {} }, about)
}

function commit(world: World, { state, effects }: SopDecision): void {
  world.reach.enrolments.set(state.id, state)
  for (const effect of effects) {
    if (effect.effect === 'task')
      note(world, state.sop, { kind: 'sop-todo', step: effect.step, text: effect.text })
    else for (const channel of effect.channels) send(world, state, { effect, channel })
  }
  if (state.dueAt === null) note(world, state.sop, { kind: 'sop-ended', status: state.status })
}

function send(
  world: World,
  { sop, customer }: Enrolment,
  { effect, channel }: { effect: SopEffect & { effect: 'send' }; channel: string },
): void {
  const { step, purpose, text } = effect
  const message = { sop, step, customer, purpose, channel, text, verdicts: [], at: world.at }
  world.reach.messages.push(message)
  gate(world, message)
}

/** Puts a message before the gate; members confirm at once what has to be confirmed. */
function gate(world: World, message: StoryMessage): void {
  const { reach, blueprint, at } = world
  const { customer, sop, step, text } = message
  const facts = factsAbout(world, customer, null)
  const history = reach.messages.flatMap((each): Sent[] =>
    each !== message && each.customer === customer && each.verdicts.at(-1) === 'sent'
      ? [{ purpose: each.purpose, channel: each.channel, from: each.at, to: each.at }]
      : [],
  )
  const { verdict, until, reasons } = judge({
    blueprint,
    facts,
    message,
    history,
    at,
    zone: blueprint.pack.zone,
  })
  const met: Verdict = reach.paused.has(sop)
    ? 'held'
    : ({ allow: 'sent', defer: 'deferred', drop: 'dropped' } as const)[verdict]
  message.verdicts.push(met)
  message.at = met === 'deferred' ? until! : at
  note(world, sop, { kind: `sop-${met}`, step, text, reasons: reasons.map(({ reason }) => reason) })
}

function note(world: World, sop: string, happened: ReachEvent['happened']): void {
  world.history.push({ kind: sop, event: { at: world.at, happened } })
}
