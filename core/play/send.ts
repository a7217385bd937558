import type { Blueprint, Purpose } from '#core/blueprint'
import { judge, type Reason, type Sent } from '#core/limit'
import { settingFacts } from '#core/form'
import { BLAME_MS } from '#core/sop'
import { evaluate } from '#core/table'
import { note } from './agenda.ts'
import { factsAbout, tell, type Reach } from './reach.ts'
import type { World } from './world.ts'

/** A message to a customer, and each judgement of the gate about it. */
export interface SentMessage {
  /** The SOP and its step, or the kind of ticket and its node. */
  readonly sop: string
  readonly step: string
  readonly customer: string
  readonly purpose: Purpose
  readonly channel: string
  readonly text: string
  readonly verdicts: Verdict[]
  /** When it comes before the gate again, or went out. */
  at: number
  /** Why, by the last judgement. */
  reasons: readonly Reason[]
}

export type Verdict = 'sent' | 'deferred' | 'dropped' | 'held'

/** Whether a message of the step had such a verdict. */
export function hasMet(
  { messages }: Reach,
  { sop, step, verdict }: { readonly sop: string; readonly step: string; readonly verdict: Verdict },
): boolean {
  return [...messages.values()]
    .flat()
    .some(each => each.sop === sop && each.step === step && each.verdicts.includes(verdict))
}

/** Sends a message through the gate; what it puts off comes before it again. */
export function sendTo(world: World, asked: Omit<SentMessage, 'verdicts' | 'at' | 'reasons'>): SentMessage {
  const message: SentMessage = { ...asked, verdicts: [], at: world.at, reasons: [] }
  const { messages } = world.reach
  // Why not all: what no limit counts and no SOP wrote is never looked at again.
  if (isLimited(world.blueprint) || Object.hasOwn(world.blueprint.sops, message.sop)) {
    const own = messages.get(message.customer)
    if (own) own.push(message)
    else messages.set(message.customer, [message])
  }
  gate(world, message)
  return message
}

/** A ticket was opened: where that is a complaint, SOPs that wrote to the customer may have to pause. */
export function noticeComplaint(
  world: World,
  { kind, customer }: { readonly kind: string; readonly customer: string },
): void {
  const { reach, blueprint, at } = world
  for (const { pauses } of Object.values(blueprint.limits))
    for (const pause of pauses.filter(({ complaints }) => complaints.includes(kind)))
      for (const sop of writtenBy(world, customer, at)) {
        const who = reach.complaints.get(sop) ?? new Set()
        reach.complaints.set(sop, who.add(customer))
        const facts = { ...settingFacts(blueprint, { records: {}, settings: {} }), complaints: who.size }
        if (evaluate(blueprint, pause.when, facts) === true) reach.paused.add(sop)
      }
}

function writtenBy({ reach, blueprint }: World, customer: string, at: number): Set<string> {
  const sent = (reach.messages.get(customer) ?? []).filter(
    each =>
      Object.hasOwn(blueprint.sops, each.sop) && each.verdicts.at(-1) === 'sent' && each.at > at - BLAME_MS,
  )
  return new Set(sent.map(({ sop }) => sop))
}

/** Puts a message before the gate; members confirm at once what has to be confirmed. */
function gate(world: World, message: SentMessage): void {
  const { reach, at } = world
  const { sop, step, text } = message
  const { verdict, until, reasons } = judgementOf(world, message)
  const met: Verdict = reach.paused.has(sop)
    ? 'held'
    : ({ allow: 'sent', defer: 'deferred', drop: 'dropped' } as const)[verdict]
  message.verdicts.push(met)
  message.reasons = reasons
  message.at = met === 'deferred' ? until! : at
  tell(world, sop, { kind: `sop-${met}`, step, text, reasons: reasons.map(({ reason }) => reason) })
  if (met === 'deferred') note(world.agenda, { at: message.at, rank: 2, fire: () => gate(world, message) })
  world.watch.sent?.(message)
}

function judgementOf(world: World, message: SentMessage) {
  const { reach, blueprint, at } = world
  const { customer } = message
  const { zone } = blueprint.pack
  // Why not the whole question: where nothing limits, a month of messages would be looked through for each one.
  if (!isLimited(blueprint)) return judge({ blueprint, facts: {}, message, history: [], at, zone })
  const history: Sent[] = []
  for (const each of reach.messages.get(customer)!)
    if (each !== message && each.verdicts.at(-1) === 'sent')
      history.push({ purpose: each.purpose, channel: each.channel, from: each.at, to: each.at })
  return judge({ blueprint, facts: factsAbout(world, customer, null), message, history, at, zone })
}

function isLimited({ limits }: Blueprint): boolean {
  for (const _ in limits) return true
  return false
}
