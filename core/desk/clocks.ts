import type { Blueprint, ClockBlueprint, NodeBlueprint, SpanBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { spanInstant, type Instant } from '#core/sla'
import { factsOf, happen, ticketOf, type DeskFacts, type Draft } from './draft.ts'
import type { ClockState, Timer, Token } from './state.ts'

/** Starts the clocks and waits of a node that was just entered. */
export function startClocks(draft: Draft, name: string, node: NodeBlueprint): void {
  const { visit } = draft.state!.tokens[name]!
  const place: TimedPlace = { name, visit, facts: factsOf(draft) }
  for (const clock of ticketOf(draft).clocks) startClock(draft, place, clock)
  for (const clock of node.clocks) startClock(draft, place, clock)
  for (const [index, { after }] of node.reactions.entries()) {
    if (!after) continue
    const moment = shareOf(draft, { span: after, facts: place.facts, from: draft.at }, '1')
    if ('at' in moment) happen(draft, { kind: 'timer-set', timer: waitTimer(place, index, moment.at) })
  }
}

/** Where clocks run, and what their spans may read. */
interface TimedPlace {
  readonly name: string
  readonly visit: number
  readonly facts: Facts
}

function startClock(draft: Draft, place: TimedPlace, clock: ClockBlueprint): void {
  const { name, facts } = place
  const span = { span: clock.span, facts, from: draft.at }
  const due = shareOf(draft, span, '1')
  if ('beyond' in due)
    draft.effects.push({ effect: 'notify-admin', reason: `calendar-ends ${due.beyond}`, node: name })
  const dueAt = 'at' in due ? due.at : null
  happen(draft, { kind: 'clock-started', node: name, clock: clock.name, dueAt })
  for (const [index, { share }] of clock.marks.entries()) {
    const moment = Number(share) === 1 ? due : shareOf(draft, span, share)
    if ('at' in moment)
      happen(draft, { kind: 'timer-set', timer: markTimer(place, { clock, index }, moment.at) })
  }
}

/** A place whose ticket goes on under another version. */
export interface CarriedPlace {
  /** As it is called now, and what the token was given there. */
  readonly name: string
  readonly visit: number
  readonly token: Token
  /** What of the old version's timers had not fired. */
  readonly timers: readonly Timer[]
  readonly was: { readonly clocks: readonly ClockBlueprint[]; readonly node: NodeBlueprint }
  readonly is: { readonly clocks: readonly ClockBlueprint[]; readonly node: NodeBlueprint }
}

/**
 * The clocks and timers of a place under the new version. A clock of the same name keeps running from its start, by its new
 * span; a wait from when the place was entered. What has happened does not happen again, what would be over by now happens
 * at once, and a clock that is new starts now.
 */
export function carryClocks(
  { blueprint, facts: frame, at }: { blueprint: Blueprint; facts: DeskFacts; at: number },
  { name, visit, token, timers, was, is }: CarriedPlace,
  facts: Facts,
): { clocks: ClockState[]; timers: Timer[] } {
  const set: Timer[] = []
  const key = { name, visit }
  const add = (moment: Instant, make: (dueAt: number) => Timer) => {
    if ('at' in moment) set.push(make(Math.max(moment.at, at)))
  }
  const clocks = [...is.clocks, ...is.node.clocks].map((clock): ClockState => {
    const old = token.clocks.find(other => other.name === clock.name)
    const span = { span: clock.span, facts, from: old?.startedAt ?? at }
    const over = old ? sharesReached(old, { was, timers }) : []
    clock.marks.forEach((mark, index) => {
      if (over.includes(Number(mark.share))) return
      const moment = shareOf({ blueprint, facts: frame }, span, mark.share)
      add(moment, dueAt => markTimer(key, { clock, index }, dueAt))
    })
    const due = shareOf({ blueprint, facts: frame }, span, '1')
    return {
      ...{ name: clock.name, startedAt: span.from, dueAt: 'at' in due ? due.at : null },
      breached: old?.breached ?? false,
    }
  })
  const waited = waitsOf(was.node)
  waitsOf(is.node).forEach((index, place) => {
    const old = waited[place]
    if (old !== undefined && !timers.some(timer => timer.kind === 'after' && timer.index === old)) return
    const span = { span: is.node.reactions[index]!.after!, facts, from: token.since }
    add(shareOf({ blueprint, facts: frame }, span, '1'), dueAt => waitTimer(key, index, dueAt))
  })
  return { clocks, timers: set }
}

/** The shares of a clock whose timers are gone. One beyond the calendar never had a timer, so it is yet to come. */
function sharesReached(old: ClockState, { was, timers }: Pick<CarriedPlace, 'was' | 'timers'>): number[] {
  const declared = [...was.clocks, ...was.node.clocks].find(({ name }) => name === old.name)
  return (declared?.marks ?? []).flatMap(({ share }, index) => {
    const isSet = timers.some(
      ({ kind, clock, index: mark }) => kind === 'clock' && clock === old.name && mark === index,
    )
    const isBeyond = old.dueAt === null && Number(share) >= 1
    return isSet || isBeyond ? [] : [Number(share)]
  })
}

/** The reactions of a node that wait, in order: the first goes on as the first. */
function waitsOf(node: NodeBlueprint): number[] {
  return node.reactions.flatMap(({ after }, index) => (after ? [index] : []))
}

function shareOf(
  { blueprint, facts: frame }: Pick<Draft, 'blueprint' | 'facts'>,
  { span, facts, from }: { span: SpanBlueprint; facts: Facts; from: number },
  share: string,
): Instant {
  const thousandths = Math.round(Number(share) * 1000)
  return spanInstant(blueprint, { span, facts, frame }, { from, thousandths })
}

type Visited = Pick<TimedPlace, 'name' | 'visit'>

function markTimer(
  { name, visit }: Visited,
  { clock: { name: clock }, index }: { clock: ClockBlueprint; index: number },
  dueAt: number,
): Timer {
  return { id: `${name}#${visit}/${clock}@${index}`, dueAt, node: name, kind: 'clock', index, clock }
}

function waitTimer({ name, visit }: Visited, index: number, dueAt: number): Timer {
  return { id: `${name}#${visit}/after@${index}`, dueAt, node: name, kind: 'after', index, clock: null }
}
