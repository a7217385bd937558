import { priorities, type Blueprint } from '#core/blueprint'
import {
  forbiddenFields,
  isRefusal,
  personOf,
  type Asker,
  type Command,
  type Refusal,
  type TicketEvent,
} from '#core/desk'
import type { FieldValues } from '#core/form'
import { ask, emptyWorld, playUntil, sendTo, setRoster, setShift, type World } from '#core/play'
import { addDecimal, decimalOf, parseDecimal, printDecimal } from '#core/values'
import type { History } from '#core/wire'
import { actsOf, type Act } from './acts.ts'
import { traitsOf, type Trait } from './traits.ts'

/** What a draft would have made of what happened. */
export interface Replayed {
  readonly tickets: number
  readonly acts: number
  /** Acts that cannot be told from their events, by kind of their first one. */
  readonly unread: Readonly<Record<string, number>>
  /** Tickets that went otherwise, by what differs first in each kind of trait. */
  readonly differences: readonly ReplayDifference[]
  /** Sums of final prices, as decimal text. */
  readonly revenue: { readonly was: string; readonly draft: string }
  /** Messages of tickets that the draft's gate would have let through later, or not at all. */
  readonly deferred: number
  readonly blocked: number
}

export interface ReplayDifference {
  readonly ticket: string
  readonly at: number
  readonly what: Trait['what'] | 'refused'
  readonly was: string | null
  readonly draft: string | null
}

/**
 * Plays the acts of people and systems again under a draft; what time does, the draft does by its own timers. A desk's
 * history under its own version shows no difference, as far as the file says all that was known.
 */
export function replayHistory(blueprint: Blueprint, history: History): Replayed {
  const tickets = history.tickets as unknown as readonly { id: string; events: readonly TicketEvent[] }[]
  const { acts, unread } = actsOf(tickets, history.shifts)
  const events = new Map<string, TicketEvent[]>()
  const differences: ReplayDifference[] = []
  let [deferred, blocked] = [0, 0]
  const world = emptyWorld(blueprint, acts[0]?.at ?? 0, {
    decided: ({ state, events: decided, effects }) => {
      const own = events.get(state.id)
      if (own) own.push(...decided)
      else events.set(state.id, [...decided])
      for (const effect of effects)
        if (effect.effect === 'notify-customer' && state.customer !== null) {
          const { node: step, purpose, text } = effect
          sendTo(world, { sop: state.kind, step, customer: state.customer, purpose, channel: 'wecom', text })
        }
    },
    // Why counted alone: a history does not say which messages were let through when it was made.
    sent: ({ verdicts }) => {
      const verdict = verdicts.at(-1)
      if (verdict === 'deferred' && verdicts.length === 1) deferred++
      if (verdict === 'dropped' || verdict === 'held') blocked++
    },
  })
  // Why no journeys: a history does not say who was on one, and all of a segment would set out at its first instant.
  furnish(world, history)
  const lost = new Set<string>()
  for (const act of inTurn(world, acts)) {
    if (act.act === 'shift') setShift(world.people, act.staff, act.onShift)
    else if (!lost.has(act.ticket) && (history.staff || act.command.command !== 'assign')) {
      const refused = replayAct(world, act, history)
      if (!refused) continue
      lost.add(act.ticket)
      const was = nameOf(act.command)
      differences.push({ ticket: act.ticket, at: act.at, what: 'refused', was, draft: told(refused) })
    }
  }
  const compared = tickets.flatMap(({ id, events: was }) =>
    lost.has(id)
      ? []
      : compareTraits(id, { was, draft: events.get(id) ?? [], isManned: history.staff !== undefined }),
  )
  return {
    ...{ tickets: tickets.length, acts: acts.length, unread, deferred, blocked },
    differences: [...differences, ...compared].sort((a, b) => a.at - b.at || (a.ticket < b.ticket ? -1 : 1)),
    revenue: { was: revenueOf(tickets.map(each => each.events)), draft: revenueOf([...events.values()]) },
  }
}

function furnish(world: World, { records, staff }: History): void {
  for (const [entity, rows] of Object.entries(records ?? {}))
    world.records[entity] = rows as Record<string, FieldValues>
  setRoster(
    world.people,
    (staff ?? []).map(person => ({
      ...{ id: person.id, name: person.name ?? person.id, roles: person.roles },
      ...{ teams: person.teams ?? [], skills: person.skills ?? [] },
      ...{ onShift: person.onShift ?? true, store: person.store ?? null },
    })),
  )
}

/** Plays time up to each act. Of waiting places that are looked at in one instant the most urgent comes first, then the oldest. */
function* inTurn(world: World, acts: readonly Act[]): Generator<Act> {
  for (let index = 0; index < acts.length;) {
    const { at } = acts[index]!
    playUntil(world, at)
    while (acts[index]?.at === at && !isDispatch(acts[index]!)) yield acts[index++]!
    const waiting: (Act & { act: 'command' })[] = []
    while (acts[index]?.at === at) waiting.push(acts[index++]! as Act & { act: 'command' })
    yield* waiting.sort(
      (a, b) =>
        turnOf(world, b) - turnOf(world, a) ||
        sinceOf(world, a) - sinceOf(world, b) ||
        (a.ticket < b.ticket ? -1 : 1),
    )
  }
}

function isDispatch(act: Act): boolean {
  return act.act === 'command' && act.command.command === 'assign'
}

function turnOf({ tickets }: World, { ticket }: { readonly ticket: string }): number {
  const state = tickets.get(ticket)
  return state ? priorities.indexOf(state.priority) : -1
}

function sinceOf({ tickets }: World, { ticket, command }: Act & { act: 'command' }): number {
  const node = command.command === 'assign' ? command.node : ''
  return tickets.get(ticket)?.tokens[node]?.since ?? 0
}

/** What was entered: a history has the form with its defaults, also of fields that whoever opened it may not fill. */
function entered({ blueprint }: World, { actor, roles }: Asker, command: Command): Command {
  if (command.command !== 'open') return command
  const form = blueprint.tickets[command.ticket]?.form ?? ''
  const declared = blueprint.forms[form]?.fields ?? {}
  const forbidden = new Set(
    forbiddenFields(blueprint, personOf(actor, roles), { form, fields: command.fields }),
  )
  const fields = Object.entries(command.fields).filter(
    ([name]) => !forbidden.has(name) || declared[name]?.default === undefined,
  )
  return { ...command, fields: Object.fromEntries(fields) }
}

/** The refusal, if the draft has one; that nobody is free for a waiting place is none. */
function replayAct(
  world: World,
  { ticket, actor, command }: Act & { act: 'command' },
  { staff }: History,
): Refusal | undefined {
  const everyRole = Object.keys(world.blueprint.roles)
  const roles = staff ? (staff.find(({ id }) => id === actor.id)?.roles ?? []) : [...everyRole, 'admin']
  const asker = { actor, roles: actor.kind === 'staff' ? roles : [] }
  const visit =
    command.command === 'outcome' ? world.tickets.get(ticket)?.tokens[command.node]?.visit : undefined
  const asked: Command =
    command.command === 'outcome' ? { ...command, visit: visit ?? 0 } : entered(world, asker, command)
  const answer = ask(world, ticket, { asker, command: asked })
  if (!isRefusal(answer)) return undefined
  if (command.command === 'assign' && ['moot', 'nobody-free'].includes(answer.refused)) return undefined
  return answer
}

function compareTraits(
  ticket: string,
  { was, draft, isManned }: { was: readonly TicketEvent[]; draft: readonly TicketEvent[]; isManned: boolean },
): ReplayDifference[] {
  const [before, after] = [traitsOf(was), traitsOf(draft)]
  const kinds = [...new Set([...before, ...after].map(({ what }) => what))]
  return kinds.flatMap(what => {
    if (what === 'assigned' && !isManned) return []
    const [old, now] = [before.filter(each => each.what === what), after.filter(each => each.what === what)]
    for (let index = 0; index < Math.max(old.length, now.length); index++) {
      const [first, second] = [old[index], now[index]]
      if (first?.says === second?.says) continue
      return [
        { ticket, at: (first ?? second)!.at, what, was: first?.says ?? null, draft: second?.says ?? null },
      ]
    }
    return []
  })
}

function revenueOf(histories: readonly (readonly TicketEvent[])[]): string {
  const finals = histories
    .flat()
    .flatMap(({ happened }) =>
      happened.kind === 'priced' && happened.stage === 'final' ? [parseDecimal(happened.total)!] : [],
    )
  return printDecimal(finals.reduce(addDecimal, decimalOf(0, 2)))
}

function nameOf(command: Command): string {
  return command.command === 'transition' ? `${command.node}.${command.event}` : command.command
}

function told({ refused, params, problems = [] }: Refusal): string {
  const faults = problems.map(({ field, problem }) => [field, problem].filter(Boolean).join(' '))
  return [refused, ...Object.values(params), ...faults].join(' ')
}
