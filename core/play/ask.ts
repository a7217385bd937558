import {
  decide,
  isRefusal,
  type Asker,
  type Command,
  type Decision,
  type Refusal,
  type TicketState,
  type Timer,
} from '#core/desk'
import { countsTickets } from '#core/form'
import { note, takeNext, type Due } from './agenda.ts'
import { noteHolders, previousHolders } from './people.ts'
import { factsOf, others, type World } from './world.ts'

const clock: Asker = { actor: { kind: 'system', id: 'clock' }, roles: [] }

/** Asks the engine, and keeps what it decided: the state, its timers, who holds what. */
export function ask(
  world: World,
  id: string,
  { asker, command }: { readonly asker: Asker; readonly command: Command },
): Decision | Refusal {
  const { blueprint, at, people, watch } = world
  const before = world.tickets.get(id)
  const { customer, subject } = aboutOf(before, command)
  const facts = {
    ...factsOf(world),
    at,
    tickets: others(world, id, subject),
    previous: previousHolders(people, { ticket: id, customer }),
  }
  const { isTerse = false } = watch
  const question = { blueprint, newest: blueprint, state: before, asker, at, facts, isTerse }
  const answer = decide(question, command)
  if (isRefusal(answer)) return answer
  keep(world, answer, before)
  return watch.decided?.(answer, before) ?? answer
}

/** Lets time pass; whatever falls due on the way happens in order, each at its own instant. Stops where that is refused. */
export function playUntil(world: World, until: number): Refusal | undefined {
  for (let due = takeNext(world.agenda, until); due; due = takeNext(world.agenda, until)) {
    world.at = Math.max(world.at, due.at)
    const refused = due.fire()
    if (refused) return refused
  }
  world.at = until
  return undefined
}

function aboutOf(before: TicketState | undefined, command: Command) {
  const customer = command.command === 'open' ? command.customer : (before?.customer ?? null)
  const chosen = command.command === 'open' || command.command === 'about' ? command.subject : undefined
  return { customer, subject: chosen ?? before?.subject ?? null }
}

function keep(world: World, { state, events }: Decision, before: TicketState | undefined): void {
  world.tickets.set(state.id, state)
  index(world, state, before)
  noteHolders(world.people, { before, after: state, at: world.at })
  for (const { happened } of events)
    if (happened.kind === 'timer-set') note(world.agenda, new AwaitedTimer(world, state.id, happened.timer))
}

function index({ blueprint, about, open }: World, state: TicketState, before: TicketState | undefined): void {
  const { id, subject, customer, closedAt } = state
  const entity = blueprint.forms[blueprint.tickets[state.kind]!.form]!.subject
  if (
    entity !== null &&
    subject !== null &&
    before?.subject !== subject &&
    countsTickets(blueprint, entity)
  ) {
    const own = about.get(subject)
    if (own) own.push(id)
    else about.set(subject, [id])
  }
  if (customer === null) return
  if (!before) open.set(customer, (open.get(customer) ?? new Set()).add(id))
  if (closedAt !== null) open.get(customer)?.delete(id)
}

/** A timer of a ticket. Why a class: most of what an agenda holds are these, and closures would be three times as large. */
class AwaitedTimer implements Due {
  readonly rank = 0
  readonly world: World
  readonly ticket: string
  readonly key: string
  readonly at: number

  constructor(world: World, ticket: string, { id, dueAt }: Timer) {
    this.world = world
    this.ticket = ticket
    this.key = id
    this.at = dueAt
  }

  isDue(): boolean {
    const state = this.world.tickets.get(this.ticket)
    if (!state) return false
    for (const timer of state.timers) if (timer.id === this.key && timer.dueAt === this.at) return true
    return false
  }

  fire(): Refusal | undefined {
    const command = { command: 'due', timer: this.key } as const
    const answer = ask(this.world, this.ticket, { asker: clock, command })
    return isRefusal(answer) ? answer : undefined
  }
}
