import type { Blueprint, Code, SopBlueprint, SopStepBlueprint, SpanBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { spanInstant, type Instant, type TimeFrame } from '#core/sla'
import { evaluate } from '#core/table'
import type { Enrolment, SopEffect, SopHappening } from './state.ts'
import { fillText } from './text.ts'

/** What an enrolment is asked; `facts` hold the customer, today, the subject, open tickets and past events. */
export interface SopQuestion {
  /** The version the enrolment began with. */
  readonly blueprint: Blueprint
  readonly facts: Facts
  readonly frame: TimeFrame
  readonly at: number
}

export type SopCommand =
  | {
      readonly command: 'enrol'
      readonly id: string
      readonly sop: string
      readonly customer: string
      readonly subject: Enrolment['subject']
    }
  | { readonly command: 'due' }
  | { readonly command: 'event'; readonly event: string }

export interface SopDecision {
  readonly state: Enrolment
  readonly effects: readonly SopEffect[]
}

/** Enters a customer into an SOP; the first steps happen at once. */
export function enrol(question: SopQuestion, command: SopCommand & { command: 'enrol' }): SopDecision {
  const { id, sop, customer, subject } = command
  const state: Enrolment = {
    ...{ id, sop, customer, subject, startedAt: question.at },
    ...{ status: 'running', next: 0, dueAt: null, log: [] },
  }
  const draft = { question, sop: question.blueprint.sops[sop]!, state, effects: [] }
  note(draft, { kind: 'enrolled' })
  walk(draft)
  return finish(draft)
}

/** Goes on after a wait, or answers an event; undefined when it changes nothing. */
export function decideSop(
  question: SopQuestion,
  state: Enrolment,
  command: Exclude<SopCommand, { command: 'enrol' }>,
): SopDecision | undefined {
  if (state.dueAt === null) return undefined
  const draft: Draft = { question, sop: question.blueprint.sops[state.sop]!, state, effects: [] }
  if (command.command === 'event') return happened(draft, command.event) ? finish(draft) : undefined
  if (question.at < state.dueAt) return undefined
  if (state.status === 'watching') end(draft, 'done', { kind: 'done' })
  else walk(draft)
  return finish(draft)
}

interface Draft {
  readonly question: SopQuestion
  readonly sop: SopBlueprint
  state: Enrolment
  readonly effects: SopEffect[]
}

/** Takes steps until one waits, a stop holds, or none is left. */
function walk(draft: Draft): void {
  for (;;) {
    const stop = draft.sop.stops.findIndex(condition => holds(draft, condition))
    if (stop >= 0) return end(draft, 'stopped', { kind: 'stopped', by: 'condition', index: stop })
    const index = draft.state.next
    const step = draft.sop.steps[index]
    if (!step) return watch(draft)
    draft.state = { ...draft.state, next: index + 1 }
    if (step.step === 'wait') return wait(draft, index, step)
    if (step.step !== 'until') take(draft, step)
    else if (waitUntil(draft, index, step.moment)) return
  }
}

function take(draft: Draft, step: Exclude<SopStepBlueprint, { step: 'wait' | 'until' }>): void {
  const { blueprint, facts, at } = draft.question
  if (step.when && !holds(draft, step.when)) {
    note(draft, { kind: 'step-skipped', step: step.name })
    return
  }
  note(draft, { kind: 'step-taken', step: step.name })
  const text = fillText(blueprint, step.text, facts)
  if (step.step === 'send') {
    const { channels, purpose } = step
    draft.effects.push({ effect: 'send', step: step.name, channels, purpose, text })
    return
  }
  const due = instant(draft, step.due, at)
  const { role, escalate } = step
  const dueAt = 'at' in due ? due.at : at
  draft.effects.push({ effect: 'task', step: step.name, role, text, dueAt, escalate })
}

function wait(draft: Draft, index: number, step: SopStepBlueprint & { step: 'wait' }): void {
  const until = instant(draft, step.span, draft.question.at)
  if ('beyond' in until) return end(draft, 'done', { kind: 'calendar-ends', date: until.beyond })
  note(draft, { kind: 'waiting', index, until: until.at })
  draft.state = { ...draft.state, dueAt: until.at }
}

/** Whether the moment is still to come; one that is over or absent takes the steps up to the next wait with it. */
function waitUntil(draft: Draft, index: number, moment: Code): boolean {
  const { blueprint, facts, at } = draft.question
  const until = evaluate(blueprint, moment, facts)
  if (typeof until === 'number' && until > at) {
    note(draft, { kind: 'waiting', index, until })
    draft.state = { ...draft.state, dueAt: until }
    return true
  }
  note(draft, { kind: 'moment-over', index, moment: typeof until === 'number' ? until : null })
  const rest = draft.sop.steps.slice(index + 1)
  const waits = rest.findIndex(({ step }) => step === 'wait' || step === 'until')
  draft.state = { ...draft.state, next: index + 1 + (waits < 0 ? rest.length : waits) }
  return false
}

/** All steps are done: the goal may still be reached. */
function watch(draft: Draft): void {
  const deadline = goalDeadline(draft)
  if (deadline === undefined || deadline <= draft.question.at) return end(draft, 'done', { kind: 'done' })
  note(draft, { kind: 'watching', until: deadline })
  draft.state = { ...draft.state, status: 'watching', dueAt: deadline }
}

/** Whether the event means something to the enrolment. */
function happened(draft: Draft, event: string): boolean {
  const { sop, question } = draft
  const deadline = goalDeadline(draft)
  const isGoal = sop.goal?.event === event && deadline !== undefined && question.at <= deadline
  const reaction = sop.reactions.find(entry => entry.event === event)
  const waiting = draft.state.status === 'running' ? sop.steps[draft.state.next - 1] : undefined
  const until = waiting?.step === 'wait' && waiting.until?.event === event ? waiting.until : undefined
  const to = isGoal ? 'goal' : (reaction?.to ?? until?.to)
  if (to === undefined) return false
  note(draft, { kind: 'event', event })
  if (to === 'goal') end(draft, 'reached', { kind: 'reached', afterMs: question.at - draft.state.startedAt })
  else if (to === 'stop') end(draft, 'stopped', { kind: 'stopped', by: 'event', index: draft.state.next })
  else walk(draft)
  return true
}

function goalDeadline(draft: Draft): number | undefined {
  const { goal } = draft.sop
  const deadline = goal && instant(draft, goal.within, draft.state.startedAt)
  return deadline && 'at' in deadline ? deadline.at : undefined
}

function instant({ question }: Draft, span: SpanBlueprint, from: number): Instant {
  const { blueprint, facts, frame } = question
  return spanInstant(blueprint, { span, facts, frame }, { from, thousandths: 1000 })
}

function holds({ question }: Draft, condition: Code): boolean {
  return evaluate(question.blueprint, condition, question.facts) === true
}

function note(draft: Draft, happening: SopHappening): void {
  const { state, question } = draft
  draft.state = { ...state, log: [...state.log, { at: question.at, happened: happening }] }
}

function end(draft: Draft, status: 'done' | 'stopped' | 'reached', happening: SopHappening): void {
  note(draft, happening)
  draft.state = { ...draft.state, status, dueAt: null }
}

function finish({ state, effects }: Draft): SopDecision {
  return { state, effects }
}
