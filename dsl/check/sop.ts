import {
  purposes,
  type Purpose,
  type SopBlueprint,
  type SopStepBlueprint,
  type SopTriggerBlueprint,
  type TextBlueprint,
} from '#core/blueprint'
import type { Type } from '#core/values'
import type { Expression, Name, Recurrence, SopNode, SopStep, SopTrigger } from '#dsl/syntax'
import { checkSpan } from './span.ts'
import { inferAs, zoneName, type Names } from './infer.ts'
import { checkCall, checkMade } from './act.ts'
import { laterNamed, reportLater } from './later.ts'
import { channelsOf as knownChannels, checkMessage } from './message.ts'
import { checkText, reachNames } from './reach.ts'
import { either, knownName, type Scope } from './scope.ts'

interface Place {
  readonly scope: Scope
  readonly names: Names
}

const purposeNames: ReadonlySet<string> = new Set(purposes)
/** Channels that messages really leave by. */
const running: ReadonlySet<string> = new Set(['wecom'])

/** Checks a series of messages and to-dos: who enters it, what it does, and what ends it. */
export function checkSop(scope: Scope, node: SopNode): SopBlueprint {
  const subjects = node.triggers.flatMap(({ trigger, subject, moment, recurs }) => {
    const entity =
      trigger === 'on' || moment || recurs || scope.entities.has(subject.text)
        ? (subject.text.split('.')[0] ?? '')
        : ''
    const isNamed = scope.entities.has(entity) && entity !== 'customer'
    return isNamed ? [[entity, { kind: 'ref', name: entity } as Type] as const] : []
  })
  const place = { scope, names: reachNames(scope, subjects) }
  if (node.triggers.length === 0 || node.steps.every(step => step.kind === 'wait' || step.kind === 'until'))
    scope.report(node.name, 'AX6006', { name: node.name.text })
  const event = (name: Name) => knownName(scope, name, scope.events) ?? ''
  return {
    label: node.label?.value ?? node.name.text,
    triggers: node.triggers.flatMap(trigger => checkTrigger(place, trigger) ?? []),
    steps: node.steps.flatMap(step => checkStep(place, step) ?? []),
    reactions: node.reactions.map(reaction => ({
      event: event(reaction.event),
      to: reaction.target.text as 'stop' | 'goal',
    })),
    stops: node.stops.flatMap(stop => inferAs(place, stop, { kind: 'bool' })?.code ?? []),
    goal: node.goal ? { event: event(node.goal.event), within: checkSpan(place, node.goal.within) } : null,
  }
}

function checkTrigger(place: Place, node: SopTrigger): SopTriggerBlueprint | undefined {
  const { scope } = place
  if (node.moment) return checkMomentTrigger(place, { ...node, moment: node.moment })
  if (node.recurs) return checkRecurrence(place, node, node.recurs)
  const isRecord =
    node.trigger === 'for' && node.subject.text !== 'customer' && scope.entities.has(node.subject.text)
  if (isRecord) return checkRecordTrigger(place, node)
  const isEvent = node.trigger === 'on'
  const subject = knownName(scope, node.subject, isEvent ? scope.events : either(scope.segments, 'customer'))
  const when = node.when && inferAs(place, node.when, { kind: 'bool' })
  if (subject === undefined) return undefined
  if (isEvent && !leadsToCustomer(scope, subject)) scope.report(node.subject, 'AX6001', { name: subject })
  return {
    on: isEvent ? 'event' : 'segment',
    subject,
    ...(when && { when: when.code }),
    once: node.once ? checkSpan(place, node.once) : null,
  }
}

/** `for 试听预约 once per 30d`: every record enters when it is kept; no engine yet. */
function checkRecordTrigger(place: Place, node: SopTrigger): undefined {
  const { scope, names } = place
  if (!leadsToCustomer(scope, node.subject.text))
    scope.report(node.subject, 'AX6001', { name: node.subject.text })
  if (node.when) inferAs({ scope, names }, node.when, { kind: 'bool' })
  if (node.once) checkSpan(place, node.once)
  laterNamed(scope, node.subject, 'for')
}

/** `during …` and `yearly …`: the moments read the record’s own fields; no engine yet. */
function checkRecurrence(place: Place, node: SopTrigger, recurs: Recurrence): undefined {
  const { scope } = place
  reportLater(scope, recurs, { word: recurs.kind, name: node.subject.text })
  const { text } = node.subject
  const entity = scope.entities.has(text) ? text : 'customer'
  if (entity === 'customer') knownName(scope, node.subject, either(scope.segments, 'customer'))
  const own = scope.members({ kind: 'ref', name: entity })
  const names = new Map([...place.names, ...own, [entity, { kind: 'ref', name: entity } as Type] as const])
  const at: Names = new Map([...names, [zoneName, { kind: 'text' } as Type] as const])
  const inner = { scope, names: at }
  if (node.when) inferAs(inner, node.when, { kind: 'bool' })
  if (node.once) checkSpan(place, node.once)
  if (recurs.kind === 'yearly') return void inferAs(inner, recurs.moment, { kind: 'datetime' })
  const { range, every, at: time } = recurs
  inferAs(inner, every, { kind: 'duration' })
  inferAs(inner, time, { kind: 'time' })
  if (range.kind !== 'binary' || range.operator !== '..') return scope.report(range, 'AX3005') as undefined
  inferAs(inner, range.left, { kind: 'date' })
  inferAs(inner, range.right, { kind: 'date' })
}

/** `for 设备 at 保养到期 - 14d + 10:00`: the moment reads what is kept in the record, by its fields' own names. */
function checkMomentTrigger(
  place: Place,
  node: SopTrigger & { readonly moment: Expression },
): SopTriggerBlueprint | undefined {
  const { scope } = place
  const entity = knownName(scope, node.subject, scope.entities)
  if (entity === 'customer' || entity === 'staff') {
    scope.report(node.moment, 'AX9001', { word: 'at', name: entity })
    return undefined
  }
  if (entity === undefined) return undefined
  if (!leadsToCustomer(scope, entity)) scope.report(node.subject, 'AX6001', { name: entity })
  const fields = scope.members({ kind: 'ref', name: entity })
  const own: Names = new Map([...fields, [zoneName, { kind: 'text' }]])
  const moment = inferAs({ scope, names: own }, node.moment, { kind: 'datetime' })
  const when = node.when && inferAs(place, node.when, { kind: 'bool' })
  return (
    moment && {
      ...{ on: 'moment', subject: entity, moment: moment.code },
      ...(when && { when: when.code }),
      once: node.once ? checkSpan(place, node.once) : null,
    }
  )
}

/** The entity is the customer or has a field that holds one. */
function leadsToCustomer(scope: Scope, event: string): boolean {
  const entity = event.split('.')[0]!
  const fields = [...scope.members({ kind: 'ref', name: entity }).values()]
  return entity === 'customer' || fields.some(type => type.kind === 'ref' && type.name === 'customer')
}

function checkStep(place: Place, step: SopStep): SopStepBlueprint | undefined {
  const { scope } = place
  if (step.kind === 'until') {
    const moment = inferAs(place, step.moment, { kind: 'datetime' })
    return moment && { step: 'until', moment: moment.code }
  }
  if (step.kind === 'wait') {
    const event = step.until && knownName(scope, step.until, scope.events)
    const until =
      event === undefined ? null : { event, to: (step.target?.text ?? null) as 'stop' | 'goal' | null }
    return { step: 'wait', span: checkSpan(place, step.duration), until }
  }
  const when = step.when && inferAs(place, step.when, { kind: 'bool' })
  const common = { name: step.name.text, ...(when && { when: when.code }) }
  if (step.kind === 'send') return { step: 'send', ...common, ...checkSending(place, step) }
  if (step.kind === 'task') return { step: 'task', ...common, ...checkTask(place, step) }
  if (step.kind === 'run') checkCall(place, step.call)
  else checkMade(place, step.of, step.record)
  laterNamed(scope, step.name, step.kind)
  return undefined
}

function checkTask({ scope, names }: Place, step: SopStep & { kind: 'task' }) {
  const receivers = either(scope.roles, 'admin')
  return {
    text: checkText({ scope, names }, step.text),
    due: checkSpan({ scope, names }, step.due),
    role: knownName(scope, step.role, scope.roles) ?? '',
    escalate: step.escalate.flatMap(name => knownName(scope, name, receivers) ?? []),
  }
}

/** By which channels a message goes, why, and its words; those of the first channel that really leaves. */
export function checkSending(
  place: Place,
  { channels, purpose, message }: Pick<SopStep & { kind: 'send' }, 'channels' | 'purpose' | 'message'>,
): { channels: string[]; purpose: Purpose; text: TextBlueprint } {
  const { scope } = place
  const known = channelsOf(scope, channels)
  const texts = channels.map(channel => [channel.text, checkMessage(place, message, channel)] as const)
  const first = texts.find(([channel]) => running.has(channel)) ?? texts[0]
  const why = purpose && knownName(scope, purpose, purposeNames)
  return { channels: known, purpose: (why ?? 'promo') as Purpose, text: first?.[1] ?? [] }
}

function channelsOf(scope: Scope, names: readonly Name[]): string[] {
  const declared = knownChannels(scope)
  return names.flatMap(name => {
    const channel = knownName(scope, name, declared)
    if (channel === undefined) return []
    if (!running.has(channel)) scope.report(name, 'AX9001', { word: channel, name: channel })
    return [channel]
  })
}
