import type { Blueprint, EntityBlueprint } from '#core/blueprint'
import {
  allowedTransitions,
  filledForm,
  personOf,
  replay,
  rightOn,
  type AllowedTransition,
  type TicketEvent,
  type TicketState,
} from '#core/desk'
import { formFacts, visibleFields, type FieldValues, type FilledForm } from '#core/form'
import { encodeValue, type Type } from '#core/values'
import type { ColumnReply, PriceReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { loadFacts } from '../store/load-facts.ts'
import { findTicket, ticketEvents } from '../store/ticket-rows.ts'
import { MAX_CHOICES, recordChoices, recordsOf, type RecordChoice } from '../store/records-of.ts'
import { pricesOf } from './price-view.ts'
import { notFound } from './problem.ts'
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
  readonly places: readonly PlaceView[]
  /** What the ticket is about, and while it is open which records of the customer it may be about. */
  readonly subject: SubjectView | null
  readonly fields: readonly FieldView[]
  readonly transitions: readonly AllowedTransition[]
  readonly prices: readonly PriceReply[]
  readonly events: readonly TicketEvent[]
}

export interface SubjectView {
  readonly entity: string
  readonly label: string
  readonly key: string | null
  readonly choices: readonly RecordChoice[]
}

export interface PlaceView {
  readonly node: string
  readonly label: string
  readonly by: string
  readonly since: number
  readonly team: string | null
  readonly assignee: string | null
  readonly clocks: readonly {
    readonly name: string
    readonly startedAt: number
    readonly dueAt: number | null
    readonly breached: boolean
  }[]
}

export interface FieldView {
  readonly name: string
  readonly label: string
  readonly type: string
  /** The enum or entity of the type. */
  readonly typeName: string | null
  /** What may be chosen, of an enum or a reference. */
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null
  /** Of a list of rows: what each row holds. */
  readonly columns: readonly ColumnReply[] | null
  readonly value: FieldValues[string]
  readonly writable: boolean
  readonly computed: boolean
}

/** One ticket as this person may see it: fields by right, transitions with the reason where one is refused. Throws Problem. */
export function showTicket(
  deps: Deps,
  { tenant, who, id }: { tenant: string; who: Who; id: string },
): Promise<TicketView> {
  return deps.store.inTenant(tenant, async tx => {
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
    const mayRead = (field: string) =>
      rightOn(desk.newest!.blueprint, person, { form: filled.form, field }) !== null
    const shown = new Set(visibleFields(blueprint, filled, facts).filter(mayRead))
    const values = formFacts(blueprint, filled, facts)
    const records = await recordChoices(tx, blueprint, referred(blueprint, filled.form))
    const fields = Object.entries(blueprint.forms[filled.form]!.fields)
      .filter(([name]) => shown.has(name))
      .map(([name, field]): FieldView => ({
        ...{ name, label: field.label, type: field.type.kind, computed: field.computed !== undefined },
        typeName: 'name' in field.type ? field.type.name : null,
        choices: choicesOf(blueprint, field.type, records),
        columns: columnsOf(blueprint, field.type, records),
        value: field.computed ? encodeValue(values[name] ?? null) : (state.fields[name] ?? null),
        writable: rightOn(desk.newest!.blueprint, person, { form: filled.form, field: name }) === 'write',
      }))
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
      customer: state.customer === null ? null : { id: state.customer, name: String(customer?.name ?? '') },
      places: placesOf(blueprint, state),
      subject: await subjectOf(tx, blueprint, { ...filled, open: state.closedAt === null }),
      transitions: allowedTransitions({ blueprint, state, asker: { actor: who, roles } }),
      prices: pricesOf(blueprint, events),
      events: events.map(event => withReadable(event, mayRead)),
    }
  })
}

/** Whether a ticket's events still make its stored state; both are given when they do not. Throws Problem. */
export function replayTicket(deps: Deps, tenant: string, id: string) {
  return deps.store.inTenant(tenant, async tx => {
    const row = await findTicket(tx, id)
    if (!row) throw notFound()
    const events = await ticketEvents(tx, id)
    const replayed = replay(events)
    return { events, replayed, stored: row.state, equal: canonical(replayed) === canonical(row.state) }
  })
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

/** The entities that the fields of a form name, in the rows of its lists too. */
function referred(blueprint: Blueprint, form: string): string[] {
  const types = Object.values(blueprint.forms[form]!.fields).map(({ type }) => type)
  const columns = types.flatMap(type =>
    Object.values(rowOf(blueprint, type) ?? {}).map(column => column.type),
  )
  return [...types, ...columns].flatMap(type => (type.kind === 'ref' ? [type.name] : []))
}

/** The fields of the rows of a list: of an entity that has no key, so that its rows live in the list alone. */
function rowOf(blueprint: Blueprint, type: Type): EntityBlueprint['fields'] | undefined {
  const entity = type.kind === 'list' && type.of.kind === 'ref' ? blueprint.entities[type.of.name] : undefined
  return entity?.key === null ? entity.fields : undefined
}

function columnsOf(
  blueprint: Blueprint,
  type: Type,
  records: Readonly<Record<string, readonly RecordChoice[]>>,
): FieldView['columns'] {
  const row = rowOf(blueprint, type)
  if (!row) return null
  return Object.entries(row).map(([name, { label, type: column }]) => ({
    ...{ name, label, type: column.kind, typeName: 'name' in column ? column.name : null },
    choices: choicesOf(blueprint, column, records),
  }))
}

function choicesOf(
  blueprint: Blueprint,
  type: Type,
  records: Readonly<Record<string, readonly RecordChoice[]>>,
): FieldView['choices'] {
  if (type.kind === 'ref') return records[type.name] ?? []
  if (type.kind !== 'enum') return null
  return Object.entries(blueprint.enums[type.name]!.values).map(([value, label]) => ({ value, label }))
}

function placesOf(blueprint: Blueprint, state: { kind: string; tokens: TicketState['tokens'] }): PlaceView[] {
  return Object.entries(state.tokens).map(([node, { since, team, assignee, clocks }]) => {
    const { label, by } = blueprint.tickets[state.kind]!.nodes[node]!
    return { node, label, by, since, team, assignee, clocks }
  })
}

/** History shows no field that the person may not read, nor the reasons that might tell it. */
function withReadable(event: TicketEvent, mayRead: (field: string) => boolean): TicketEvent {
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
