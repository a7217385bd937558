import type { Blueprint } from '#core/blueprint'
import {
  actionsAhead,
  allowedTransitions,
  filledForm,
  maySpeak,
  personOf,
  replay,
  rightOn,
  type AllowedTransition,
  type TicketEvent,
} from '#core/desk'
import { visibleFields, type FilledForm } from '#core/form'
import type { PlaceReply, PriceReply, StopReply, TicketReply, WordsReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { newestFor } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { loadFacts } from '../store/load-facts.ts'
import { findTicket, ticketEvents } from '../store/ticket-rows.ts'
import { MAX_CHOICES, recordsOf, type RecordChoice } from '../store/records-of.ts'
import { deliveriesOf, withDeliveries, type Delivery } from './deliveries.ts'
import { fieldViews, type FieldView } from './field-views.ts'
import { silenceOf } from './gate-sends.ts'
import { placeViews } from './place-views.ts'
import { pricesOf } from './price-view.ts'
import { notFound } from './problem.ts'
import { replyReach } from './reply-reach.ts'
import { deskOf, type Who } from './run-command.ts'

export interface TicketView {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly label: string
  readonly form: string
  readonly priority: string
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly openedAt: number
  readonly closedAt: number | null
  readonly outcome: string | null
  readonly seq: number
  readonly now: number
  readonly places: readonly PlaceReply[]
  /** What the ticket is about, and while it is open which records of the customer it may be about. */
  readonly subject: SubjectView | null
  /** The roles that may read something of the form, where this person may not. */
  readonly readers: readonly string[]
  readonly fields: readonly FieldView[]
  /** What may be read besides and is hidden now: the history may name it. */
  readonly hiddenFields: readonly FieldView[]
  readonly transitions: TicketReply['transitions']
  readonly words: WordsReply
  readonly prices: readonly PriceReply[]
  readonly events: readonly (TicketEvent & { readonly delivery?: Delivery })[]
}

export interface SubjectView {
  readonly entity: string
  readonly label: string
  readonly key: string | null
  readonly choices: readonly RecordChoice[]
}

/** One ticket as this person may see it: fields by right, transitions with the reason where one is refused. Throws Problem. */
export function showTicket(
  deps: Deps,
  { tenant, who, id }: { tenant: string; who: Who; id: string },
): Promise<TicketView> {
  return deps.store.snapshot(tenant, async tx => {
    const row = await findTicket(tx, id)
    if (!row) throw notFound()
    const desk = await deskOf(tx)
    const { state } = row
    const blueprint = await loadBlueprint(tx, row.blueprintHash)
    const filled = filledForm(blueprint, state)
    const at = deps.now() + desk.clockOffsetMs
    const facts = { ...(await loadFacts(tx, { blueprint, desk, about: { id, ...filled } })), at }
    const roles = facts.staff.find(person => person.id === who.id)?.roles ?? []
    const person = personOf(who, roles)
    const newest = newestFor(desk, { hash: row.blueprintHash, blueprint })
    const right = (field: string) => rightOn(newest, person, { form: filled.form, field })
    const mayRead = (field: string) => right(field) !== null
    const visible = new Set(visibleFields(blueprint, filled, facts))
    const readable = (await fieldViews(tx, blueprint, { filled, facts }))
      .filter(({ name }) => mayRead(name))
      .map((view): FieldView => ({ ...view, writable: right(view.name) === 'write' }))
    const fields = readable.filter(({ name }) => visible.has(name))
    const events = await ticketEvents(tx, id)
    const customer = state.customer === null ? undefined : facts.records.customer?.[state.customer]
    return {
      ...{
        id,
        number: row.number,
        kind: state.kind,
        label: blueprint.tickets[state.kind]!.label,
        form: filled.form,
      },
      ...{
        priority: state.priority,
        openedAt: state.openedAt,
        closedAt: state.closedAt,
        outcome: state.outcome,
      },
      ...{ seq: state.seq, now: deps.now() + desk.clockOffsetMs, fields },
      hiddenFields: readable.filter(({ name }) => !visible.has(name)),
      customer: state.customer === null ? null : { id: state.customer, name: String(customer?.name ?? '') },
      places: await placeViews(tx, {
        ...{ blueprint, newest, state, facts, at, offsetMs: desk.clockOffsetMs },
        asker: { actor: who, roles },
      }),
      readers: fields.length > 0 ? [] : readersOf(newest, filled.form),
      subject: await subjectOf(tx, blueprint, { ...filled, open: state.closedAt === null }),
      transitions: await withStops(
        tx,
        blueprint,
        allowedTransitions({ blueprint, state, asker: { actor: who, roles } }).map(one => ({
          ...one,
          ahead: actionsAhead(blueprint.tickets[state.kind]!, one),
        })),
      ),
      words: {
        may: maySpeak({ blueprint, state, asker: { actor: who, roles } }) === undefined,
        ...(await replyReach(tx, { customer: state.customer, pack: blueprint.pack.name, at })),
      },
      prices: pricesOf(blueprint, events),
      events: withDeliveries(events, await deliveriesOf(tx, id)).map(event => withReadable(event, mayRead)),
    }
  })
}

/** Whether a ticket's events still make its stored state; both are given when they do not. Throws Problem. */
export function replayTicket(deps: Deps, tenant: string, id: string) {
  return deps.store.snapshot(tenant, async tx => {
    const row = await findTicket(tx, id)
    if (!row) throw notFound()
    const events = await ticketEvents(tx, id)
    const replayed = replay(events)
    return { events, replayed, stored: row.state, equal: canonical(replayed) === canonical(row.state) }
  })
}

/** Each transition with the actions ahead of it that do not run now. */
async function withStops(
  tx: Tx,
  { pack: { name: pack } }: Blueprint,
  transitions: readonly (AllowedTransition & { readonly ahead: readonly string[] })[],
): Promise<TicketReply['transitions']> {
  const stops = new Map<string, StopReply | undefined>()
  for (const action of new Set(transitions.flatMap(({ ahead }) => ahead))) {
    const state = await silenceOf(tx, { pack, kind: `action:${action}` })
    stops.set(action, state && { action, pack, state })
  }
  return transitions.map(({ ahead, ...one }) => ({
    ...one,
    stops: ahead.flatMap(action => stops.get(action) ?? []),
  }))
}

async function subjectOf(
  tx: Tx,
  blueprint: Blueprint,
  { form, subject: key, customer, open }: FilledForm & { readonly open: boolean },
): Promise<SubjectView | null> {
  const { subject: entity } = blueprint.forms[form]!
  if (entity === null || blueprint.entities[entity] === undefined) return null
  const { label } = blueprint.entities[entity]
  const choices = open ? await recordsOf(tx, blueprint, { entity, customer, limit: MAX_CHOICES }) : []
  return { entity, label, key, choices }
}

function readersOf({ access, roles }: Blueprint, form: string): string[] {
  return Object.keys(access[form] ?? {}).filter(role => Object.hasOwn(roles, role))
}

/** History shows no field that the person may not read, nor the reasons that might tell it. */
function withReadable<Event extends TicketEvent>(event: Event, mayRead: (field: string) => boolean): Event {
  const { happened } = event
  if (!('fields' in happened)) return event
  const fields = Object.fromEntries(Object.entries(happened.fields).filter(([name]) => mayRead(name)))
  return { ...event, happened: { ...happened, fields } }
}

/** Objects compare by content: the database does not keep the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
