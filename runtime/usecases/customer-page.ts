import type { Blueprint } from '#core/blueprint'
import type { TicketEvent } from '#core/desk'
import type { FieldValues } from '#core/form'
import { nameWords, type Words } from '#core/otherwise'
import type { CustomerTicketReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { linked, type Linked } from './customer-link.ts'
import { Problem } from './problem.ts'
import { withoutSteps } from './price-view.ts'
import { deskOf, type Who } from './run-command.ts'
import type { FieldView } from './field-views.ts'
import { showTicket, type TicketView } from './show-ticket.ts'
import { takeTransition, type TicketStep } from './tickets.ts'
import { labelsOf } from './vocabulary.ts'

/** The customer's ticket behind a link: progress in the pack's public words, and what is theirs to say. Throws Problem. */
export async function customerTicket(
  deps: Deps,
  token: string,
  language: 'zh' | 'en',
): Promise<CustomerTicketReply> {
  const { tenant, ticket } = linked(deps, token)
  const { who, words } = await ownerOf(deps, { tenant, ticket })
  const view = await showTicket(deps, { tenant, who, id: ticket })
  const { number, label, form, closedAt, now, fields, transitions, prices } = view
  const progress = enteredNodes(view.events).flatMap(({ node, at }) => {
    const text = words.public[node]?.[language]
    return text === undefined ? [] : [{ text, at }]
  })
  return {
    ...{ desk: words.desk, number, label, form, closed: closedAt !== null, now, progress },
    talk: talkIn(view.events),
    answeredAt: answeredAt(view.events, node => words.public[node] !== undefined),
    fields: fields.map(withoutStrangers),
    ...{ transitions: transitions.filter(({ refused }) => refused === null) },
    ...{ zone: words.zone, labels: words.labels, prices: prices.map(withoutSteps) },
  }
}

/** What was written to and fro: the customer's words, and of the answers those that went out. Notes of staff are none of it. */
function talkIn(events: TicketView['events']): CustomerTicketReply['talk'] {
  return events.flatMap(({ at, happened, delivery }): CustomerTicketReply['talk'] => {
    if (happened.kind === 'message-received') return [{ by: 'customer', text: happened.text, at }]
    const isOut = happened.kind === 'replied' && delivery?.state === 'sent'
    return isOut ? [{ by: 'staff', text: happened.text, at }] : []
  })
}

/** Where the ticket came to and when, by what the places are called in the version it is under now. */
function enteredNodes(events: readonly TicketEvent[]): { readonly node: string; readonly at: number }[] {
  const entered: { node: string; at: number }[] = []
  for (const { at, happened } of events) {
    if (happened.kind === 'node-entered') entered.push({ node: happened.node, at })
    if (happened.kind === 'migrated')
      for (const place of entered) place.node = happened.places[place.node] ?? place.node
  }
  return entered
}

/** When the customer last led the ticket on, unless it came to a place with words for them since. */
function answeredAt(events: readonly TicketEvent[], isSaid: (node: string) => boolean): number | null {
  const last = events.findLast(
    ({ actor, happened }) =>
      (happened.kind === 'node-entered' && isSaid(happened.node)) ||
      (happened.kind === 'node-left' && actor.kind === 'customer'),
  )
  return last?.happened.kind === 'node-left' ? last.at : null
}

/** The customer behind a link takes a transition. Throws Problem. */
export async function customerAnswers(
  deps: Deps,
  token: string,
  { node, event, fields }: { node: string; event: string; fields: FieldValues },
): Promise<TicketStep> {
  const { tenant, ticket } = linked(deps, token)
  const { who } = await ownerOf(deps, { tenant, ticket })
  return takeTransition(deps, { tenant, who }, { id: ticket, node, event, fields })
}

/** A reference offers what it names and nothing else: the desk's other records are none of a customer's business. */
function withoutStrangers(field: FieldView): FieldView {
  const own = (value: string) => value === field.value
  return field.type === 'ref'
    ? { ...field, choices: (field.choices ?? []).filter(({ value }) => own(value)) }
    : field
}

/** The customer of a linked ticket, with the words the customer reads. Throws Problem. */
export function ownerOf(deps: Deps, { tenant, ticket }: Linked) {
  return deps.store.snapshot(tenant, async tx => {
    const row = await findTicket(tx, ticket)
    if (!row?.state.customer) throw new Problem('link-over', 404)
    const desk = await deskOf(tx)
    const blueprint = await loadBlueprint(tx, row.blueprintHash)
    const who: Who = { kind: 'customer', id: row.state.customer }
    const { kind } = row.state
    const told = publicWords(blueprint, kind)
    const words = { desk: desk.name, zone: blueprint.pack.zone, public: told, labels: labelsOf(blueprint) }
    return { who, words }
  })
}

/** What customers are told of each node in either language, the pack's own words where it has no others. */
function publicWords(blueprint: Blueprint, kind: string): Readonly<Record<string, Words>> {
  const told = Object.entries(blueprint.tickets[kind]!.nodes).flatMap(([name, node]) =>
    node.public ? [[name, nameWords(blueprint, `${kind}.${name}.public`, node.public.text)] as const] : [],
  )
  return Object.fromEntries(told)
}
