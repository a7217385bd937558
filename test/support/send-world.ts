import type { Blueprint, Purpose } from '#core/blueprint'
import { customerFacts, judge, type Sent } from '#core/limit'
import { decideSop, enrol, mayEnter, momentOf, type Enrolment, type SopDecision } from '#core/sop'
import { addDays, boundOf, holidayTables, localDate, type JsonValue } from '#core/values'

/** What happens to the one customer of a small world, by instant (epoch ms). */
export interface SmallWorld {
  readonly from: number
  readonly to: number
  readonly happenings: readonly Happening[]
  /** Whether what the gate lets through stays a reservation for a day, as a mass-send task does. */
  readonly isReserved: boolean
  /** Whether a wait that is over at the very instant of an event goes on before the event is told. */
  readonly isTimerFirst: boolean
  /** Whether the customer answers every message after a minute. */
  readonly isAnswered: boolean
}

export type Happening = { readonly at: number } & (
  | { readonly event: string }
  | { readonly field: string; readonly value: JsonValue }
  | { readonly ticket: string; readonly isOpen: boolean }
  | { readonly record: { readonly entity: string; readonly date: string } }
)

/** A message as it was asked for and, if it was, as it was let through. */
export interface WorldMessage {
  readonly sop: string
  readonly step: string
  readonly purpose: Purpose
  readonly channel: string
  readonly askedAt: number
  readonly passedAt: number | null
}

/** A world that talks more than this does not come to an end. */
export const MAX_MESSAGES = 1_000
const RESERVED_MS = 24 * 3_600_000

/**
 * Lives a small world through the engine itself: SOPs are entered and gone through, every message stands before the gate.
 * Yields the messages, and how often each trigger (`SOP index`) let the customer in.
 */
export function live(
  blueprint: Blueprint,
  world: SmallWorld,
): { messages: WorldMessage[]; entered: ReadonlyMap<string, number> } {
  const life = new Life(blueprint, world)
  life.run()
  return { messages: life.messages, entered: life.entered }
}

type Task = { readonly at: number; readonly order: number; readonly act: () => void }

class Life {
  readonly messages: WorldMessage[] = []
  readonly entered = new Map<string, number>()
  private readonly customer: Record<string, JsonValue> = { id: 'c', name: '王' }
  private readonly open = new Set<string>()
  private readonly last: Record<string, number> = {}
  private readonly running = new Map<string, Enrolment>()
  private readonly begun = new Map<string, number>()
  private readonly history: Sent[] = []
  private tasks: Task[] = []
  private isSorted = false
  private count = 0
  private now = 0

  private readonly blueprint: Blueprint
  private readonly world: SmallWorld

  constructor(blueprint: Blueprint, world: SmallWorld) {
    this.blueprint = blueprint
    this.world = world
  }

  run(): void {
    const { happenings, from, to } = this.world
    for (const happening of happenings) this.plan(happening.at, () => this.happen(happening))
    const { zone } = this.blueprint.pack
    for (let date = localDate(from, zone); ; date = addDays(date, 1)) {
      const at = boundOf(`${date} 09:00`, zone)
      if (at > to) break
      if (at >= from) this.plan(at, () => this.sweep())
    }
    for (;;) {
      if (!this.isSorted) this.tasks.sort((a, b) => b.at - a.at || b.order - a.order)
      this.isSorted = true
      const task = this.tasks.pop()
      if (!task || task.at > to || this.messages.length > MAX_MESSAGES) return
      this.now = task.at
      task.act()
    }
  }

  private plan(at: number, act: () => void, isTimer = false): void {
    const before = isTimer && this.world.isTimerFirst ? -1e9 : 0
    this.tasks.push({ at, order: before + this.count++, act })
    this.isSorted = false
  }

  private happen(happening: Happening): void {
    if ('field' in happening) this.customer[happening.field] = happening.value
    else if ('ticket' in happening) this.open[happening.isOpen ? 'add' : 'delete'](happening.ticket)
    else if ('event' in happening) this.occur(happening.event)
    else this.keep(happening.record)
  }

  /** As reported events do: what runs answers first, then SOPs begin by their first fitting trigger. */
  private occur(event: string): void {
    this.last[event] = this.now
    for (const state of [...this.running.values()]) {
      const decision = decideSop(this.question(), state, { command: 'event', event })
      if (decision) this.commit(decision)
    }
    for (const [name, sop] of Object.entries(this.blueprint.sops)) {
      const trigger = sop.triggers.findIndex(each => each.on === 'event' && each.subject === event)
      if (trigger >= 0) this.enter(name, trigger)
    }
  }

  /** As a desk does: whom an SOP is to enrol is noted once, by the last of its segments that holds. */
  private sweep(): void {
    for (const [name, sop] of Object.entries(this.blueprint.sops)) {
      const trigger = sop.triggers.findLastIndex(
        each => each.on === 'segment' && mayEnter(this.question(), each, undefined) === 'enter',
      )
      if (trigger >= 0) this.enter(name, trigger)
    }
  }

  private keep({ entity, date }: { entity: string; date: string }): void {
    const record = { entity, key: 'r', fields: { 日期: date } }
    for (const [name, sop] of Object.entries(this.blueprint.sops))
      sop.triggers.forEach((trigger, index) => {
        if (trigger.on !== 'moment' || trigger.subject !== entity) return
        const at = momentOf(this.blueprint, trigger, record)
        if (at !== undefined && at > this.now) this.plan(at, () => this.enter(name, index))
      })
  }

  private enter(sop: string, index: number): void {
    const trigger = this.blueprint.sops[sop]!.triggers[index]!
    const startedAt = this.begun.get(sop)
    const isRunning = this.running.has(sop)
    const last = startedAt === undefined ? undefined : { startedAt, isRunning }
    if (mayEnter(this.question(), trigger, last) !== 'enter') return
    const way = `${sop} ${index}`
    this.entered.set(way, (this.entered.get(way) ?? 0) + 1)
    this.begun.set(sop, this.now)
    this.commit(enrol(this.question(), { command: 'enrol', id: sop, sop, customer: 'c', subject: null }))
  }

  private commit({ state, effects }: SopDecision): void {
    if (state.dueAt === null) this.running.delete(state.sop)
    else {
      this.running.set(state.sop, state)
      const { dueAt } = state
      this.plan(
        dueAt,
        () => {
          const current = this.running.get(state.sop)
          const decision =
            current === state ? decideSop(this.question(), current, { command: 'due' }) : undefined
          if (decision) this.commit(decision)
        },
        true,
      )
    }
    for (const effect of effects)
      if (effect.effect === 'send')
        for (const channel of effect.channels) {
          const { step, purpose } = effect
          this.messages.push({ sop: state.sop, step, purpose, channel, askedAt: this.now, passedAt: null })
          this.gate(this.messages.length - 1)
        }
  }

  private gate(index: number): void {
    const message = this.messages[index]!
    const { purpose, channel } = message
    const history = this.history.map(sent => ({
      ...sent,
      to: sent.to < this.now ? sent.to : Math.max(sent.to, sent.from),
    }))
    const { blueprint, facts } = this.question()
    const asked = { purpose, channel, text: '' }
    const { zone } = blueprint.pack
    const { verdict, until } = judge({ blueprint, facts, message: asked, history, at: this.now, zone })
    if (verdict === 'defer') this.plan(until!, () => this.gate(index))
    if (verdict !== 'allow') return
    this.messages[index] = { ...message, passedAt: this.now }
    if (this.world.isAnswered) this.plan(this.now + 60_000, () => this.occur('customer.回复'))
    this.history.push({
      purpose,
      channel,
      from: this.now,
      to: this.now + (this.world.isReserved ? RESERVED_MS : 0),
    })
  }

  private question() {
    const { zone } = this.blueprint.pack
    const history = { open: this.open, last: { ...this.last } }
    const about = { customer: 'c', subject: null, history, at: this.now, zone }
    const surroundings = { records: { customer: { c: { ...this.customer } } }, settings: {} }
    const facts = customerFacts(this.blueprint, surroundings, about)
    return { blueprint: this.blueprint, facts, frame: { zone, holidays: holidayTables }, at: this.now }
  }
}
