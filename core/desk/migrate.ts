import type { Blueprint, NodeBlueprint } from '#core/blueprint'
import { formFacts, withDefaults, type FieldValues, type FilledForm } from '#core/form'
import { carryClocks } from './clocks.ts'
import {
  finish,
  refuse,
  startDraft,
  type Command,
  type Decision,
  type Question,
  type Refusal,
} from './command.ts'
import { happen, ticketOf, type Draft } from './draft.ts'
import { planMove, type Versions } from './migration.ts'
import { priceTicket } from './money.ts'
import { movedFields } from './moved-fields.ts'
import { placesOf, type Places } from './moved-places.ts'
import { assignNode, startRouteTimer } from './place.ts'
import { effectiveRoles } from './rights.ts'
import type { Happening, TicketState, Timer, Token } from './state.ts'

/**
 * Moves a ticket to another version, the question's; `before` is the one it is under. Moot unless its plan says that it moves
 * by itself. Nobody outside is told: who works a place goes on with it as long as they hold its role, and prices are
 * estimated anew.
 */
export function migrate(question: Question, command: Command & { command: 'migrate' }): Decision | Refusal {
  const { blueprint: after } = question
  const { before, mapping } = command
  const versions = { before, after, mapping }
  if (planMove(versions, question.state!).move !== 'auto') return refuse('moot')
  const draft = startDraft(question)
  happen(draft, migrated(draft, versions, question.state!))
  for (const place of Object.keys(draft.state!.tokens)) takeOn(draft, place)
  priceTicket(draft, 'estimate')
  return finish(draft)
}

/** The form a ticket has under the new version: what it held, and the defaults of fields that are new. */
export function movedForm(versions: Versions, state: TicketState): FilledForm {
  const { form } = versions.after.tickets[state.kind]!
  const { fields } = movedFields(versions, state)
  return { form, fields, subject: state.subject, customer: state.customer }
}

function migrated(draft: Draft, versions: Versions, state: TicketState): Happening {
  const moved = placesOf(versions, state)
  const filled = { ...movedForm(versions, state), fields: fieldsOf(draft, versions, state) }
  const facts = formFacts(versions.after, filled, draft.facts)
  const visits = renamedSums(state.visits, moved)
  const timers: Timer[] = []
  const tokens = Object.entries(moved.tokens).map(([name, { from, token }]): [string, Token] => {
    const [was, is] = [kindOf(versions.before, state, from), kindOf(versions.after, state, name)]
    // Why: a visit that was there before under this name may yet be answered by a run; its number is used up.
    const visit = from === name ? token.visit : visits[name]!
    const old = state.timers.filter(timer => timer.node === from)
    const carried = carryClocks(draft, { name, visit, token, timers: old, was, is }, facts)
    timers.push(...carried.timers)
    return [name, carriedToken(draft, { ...token, visit, clocks: carried.clocks }, is.node)]
  })
  return {
    ...{ kind: 'migrated', from: versions.before.pack.version, to: versions.after.pack.version },
    ...{ places: renamedPlaces(state, moved), fields: filled.fields, tokens: Object.fromEntries(tokens) },
    ...{ regions: moved.regions, visits, counts: carriedCounts(versions, state, moved), timers },
  }
}

/** Of where it ever was, what is called otherwise now. */
function renamedPlaces({ visits, regions }: TicketState, { named }: Places): Record<string, string> {
  const known = Object.keys({ ...visits, ...regions })
  return Object.fromEntries(known.flatMap(name => (named(name) === name ? [] : [[name, named(name)]])))
}

function kindOf({ tickets }: Blueprint, { kind }: TicketState, node: string) {
  return { clocks: tickets[kind]!.clocks, node: tickets[kind]!.nodes[node]! }
}

function fieldsOf(draft: Draft, versions: Versions, state: TicketState): FieldValues {
  const filled = movedForm(versions, state)
  const old = versions.before.forms[versions.before.tickets[state.kind]!.form]!.fields
  const added = Object.entries(withDefaults(versions.after, filled, draft.facts)).filter(
    ([name]) => !Object.hasOwn(filled.fields, name) && !Object.hasOwn(old, name),
  )
  return { ...filled.fields, ...Object.fromEntries(added) }
}

/** Of a run that faulted the mark stays as long as the node runs the action; places of customers and actions are nobody's. */
function carriedToken({ blueprint, facts }: Draft, token: Token, node: NodeBlueprint): Token {
  const { run, ...rest } = token
  const isNobodys = node.by === 'customer' || node.run !== undefined
  const holder = facts.staff.find(({ id }) => id === token.assignee)
  const goesOn = holder !== undefined && effectiveRoles(blueprint, holder.roles).has(node.by)
  return {
    ...rest,
    ...(isNobodys ? { team: null, assignee: null } : !goesOn && { assignee: null }),
    ...(run && node.run && { run }),
  }
}

/** Whoever is not there any more is looked for anew, by the new version's route. */
function takeOn(draft: Draft, place: string): void {
  const { by, run } = ticketOf(draft).nodes[place]!
  const token = draft.state!.tokens[place]!
  if (by === 'customer' || run || token.assignee !== null) return
  const passedOn = draft.blueprint.routes[`${draft.state!.kind}.${place}`]?.after?.team ?? null
  assignNode(draft, place, token.team === passedOn ? passedOn : null)
  startRouteTimer(draft, place)
}

/** How often places were entered, by their new names; two that became one add up. */
function renamedSums(visits: TicketState['visits'], { named }: Places): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, count] of Object.entries(visits)) {
    const to = named(name)
    sums[to] = (sums[to] ?? 0) + count
  }
  return sums
}

/** How often limited transitions were taken: a reaction is known by what sets it off and its place among those alike. */
function carriedCounts(versions: Versions, state: TicketState, { named }: Places): TicketState['counts'] {
  return Object.fromEntries(
    Object.entries(state.counts).flatMap(([key, count]) => {
      const cut = key.lastIndexOf('/')
      const [name, index] = [key.slice(0, cut), Number(key.slice(cut + 1))]
      const to = named(name)
      const old = versions.before.tickets[state.kind]!.nodes[name]
      const now = versions.after.tickets[state.kind]!.nodes[to]
      const at = old && now ? sameReaction(old, index, now) : -1
      return at < 0 ? [] : [[`${to}/${at}`, count]]
    }),
  )
}

function sameReaction(old: NodeBlueprint, index: number, now: NodeBlueprint): number {
  const setOff = ({ trigger, events }: NodeBlueprint['reactions'][number]) =>
    `${trigger} ${events.toSorted().join(' ')}`
  const wanted = setOff(old.reactions[index]!)
  const nth = old.reactions.slice(0, index).filter(reaction => setOff(reaction) === wanted).length
  const alike = now.reactions.flatMap((reaction, place) => (setOff(reaction) === wanted ? [place] : []))
  return alike[nth] ?? -1
}
