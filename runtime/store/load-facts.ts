import type { Blueprint } from '#core/blueprint'
import { filledForm, type DeskFacts, type TicketState } from '#core/desk'
import { countsTickets, type FieldValues, type TicketAround } from '#core/form'
import type { StaffFact } from '#core/routing'
import { asPackReads } from '#core/together'
import { holidayTables, type Type } from '#core/values'
import { packOf } from './desk-packs.ts'
import type { DeskRow } from './load-desk.ts'
import type { Tx } from './transaction.ts'

/** What a ticket is about, as far as facts must be loaded for it. */
export interface About {
  /** The ticket itself, which is not among the others about its record; null before it is opened. */
  readonly id: string | null
  readonly form: string
  readonly customer: string | null
  readonly subject: string | null
  readonly fields: FieldValues
}

/** How far references between records are followed. */
const MAX_REFERENCE_DEPTH = 4

/** Who reads: a version of one of the desk's packs, by its names and with its settings. */
export interface Reader {
  readonly blueprint: Blueprint
  readonly desk: DeskRow
}

/** Everything outside the ticket that a decision about it may read. */
export async function loadFacts(tx: Tx, { about, ...reader }: Reader & { about: About }): Promise<DeskFacts> {
  const { blueprint, desk } = reader
  return {
    records: await loadRecords(tx, reader, about),
    settings: packOf(desk, blueprint).settings,
    zone: blueprint.pack.zone,
    holidays: holidayTables,
    staff: await loadStaff(tx),
    previous: about.customer === null ? {} : await loadPrevious(tx, about.customer),
    tickets: await loadTicketsAbout(tx, blueprint, about),
    last: about.customer === null ? {} : { [about.customer]: await loadLastEvents(tx, about.customer) },
  }
}

/**
 * The other tickets about the same record, when its computed fields count them. The record is locked meanwhile: two
 * decisions at once would each see a sum without the other.
 */
async function loadTicketsAbout(tx: Tx, blueprint: Blueprint, about: About): Promise<TicketAround[]> {
  const { subject: entity } = blueprint.forms[about.form]!
  if (entity === null || about.subject === null || !countsTickets(blueprint, entity)) return []
  if (!tx.isSnapshot)
    await tx.query('select 1 from record where entity = $1 and key = $2 for update', [entity, about.subject])
  const kinds = Object.keys(blueprint.tickets).filter(
    kind => blueprint.forms[blueprint.tickets[kind]!.form]!.subject === entity,
  )
  const rows = await tx.query<{ id: string; kind: string; outcome: string | null; state: TicketState }>(
    `select id, kind, outcome, state from ticket
     where state->>'subject' = $1 and kind = any($2) and id is distinct from $3 order by id`,
    [about.subject, kinds, about.id],
  )
  return rows.map(({ state, ...row }) => ({ ...row, ...filledForm(blueprint, state) }))
}

async function loadLastEvents(tx: Tx, customer: string): Promise<Record<string, number>> {
  const rows = await tx.query<{ event: string; at: number }>(
    `select entity || '.' || event as event, max(at) as at from entity_event where customer_id = $1 group by 1`,
    [customer],
  )
  return Object.fromEntries(rows.map(({ event, at }) => [event, Number(at)]))
}

/** All who may be assigned, with how many places they hold in open tickets and when they last did something. */
export async function loadStaff(tx: Tx): Promise<StaffFact[]> {
  const rows = await tx.query<
    Omit<StaffFact, 'onShift' | 'idleSince'> & { on_shift: boolean; idle_since: number }
  >(
    `select s.id, s.name, s.roles, s.teams, s.skills, s.on_shift, s.store,
       coalesce(held.load, 0)::int as load, coalesce(held.latest, 0)::bigint as idle_since
     from staff s left join (
       select token.value->>'assignee' as assignee, count(*) as load, max(t.updated_at) as latest
       from ticket t, jsonb_each(t.state->'tokens') as token
       where t.status = 'open' group by 1
     ) held on held.assignee = s.id
     where s.active order by s.id`,
  )
  return rows.map(({ on_shift: onShift, idle_since: idleSince, ...row }) => ({ ...row, onShift, idleSince }))
}

export type Records = Record<string, Record<string, FieldValues>>

async function loadRecords(tx: Tx, reader: Reader, about: About): Promise<Records> {
  const { blueprint } = reader
  const wanted: [string, string][] = referencesIn(blueprint.forms[about.form]!.fields, about.fields)
  const { subject } = blueprint.forms[about.form]!
  if (about.customer !== null) wanted.push(['customer', about.customer])
  if (subject !== null && about.subject !== null) wanted.push([subject, about.subject])
  return followReferences(tx, reader, wanted)
}

/** The records named and those they refer to, a few steps far. */
export async function followReferences(
  tx: Tx,
  { blueprint, desk }: Reader,
  wanted: readonly (readonly [entity: string, key: string])[],
): Promise<Records> {
  const { apart } = packOf(desk, blueprint)
  const records: Records = {}
  let ahead = wanted
  for (let depth = 0; depth < MAX_REFERENCE_DEPTH && ahead.length > 0; depth++) {
    const next: [string, string][] = []
    for (const [entity, key] of ahead) {
      if (records[entity]?.[key]) continue
      const kept = await loadRecord(tx, entity, key)
      if (!kept) continue
      const row = asPackReads({ blueprint, apart }, entity, kept)
      ;(records[entity] ??= {})[key] = row
      next.push(...referencesIn(blueprint.entities[entity]?.fields ?? {}, row))
    }
    ahead = next
  }
  return records
}

async function loadRecord(tx: Tx, entity: string, key: string): Promise<FieldValues | undefined> {
  if (entity === 'customer') {
    const [row] = await tx.query<{ id: string; name: string; data: FieldValues }>(
      'select id, name, data from customer where id = $1',
      [key],
    )
    return row && { ...row.data, id: row.id, name: row.name }
  }
  if (entity === 'staff') {
    const [row] = await tx.query<{ id: string; name: string }>('select id, name from staff where id = $1', [
      key,
    ])
    return row && { id: row.id, name: row.name }
  }
  const [row] = await tx.query<{ data: FieldValues }>(
    'select data from record where entity = $1 and key = $2',
    [entity, key],
  )
  return row && { id: key, ...row.data }
}

function referencesIn(
  fields: Readonly<Record<string, { readonly type: Type }>>,
  values: FieldValues,
): [string, string][] {
  return Object.entries(fields).flatMap(([name, { type }]) => {
    const key = values[name]
    return type.kind === 'ref' && typeof key === 'string' ? [[type.name, key] as [string, string]] : []
  })
}

/** Who last held each node for this customer: the newest assignment of each. */
async function loadPrevious(tx: Tx, customer: string): Promise<DeskFacts['previous']> {
  const rows = await tx.query<{ node: string; staff: string; at: number }>(
    `select distinct on (e.data->>'node') e.data->>'node' as node, e.data->>'assignee' as staff, e.at
     from ticket_event e join ticket t on t.tenant = e.tenant and t.id = e.ticket_id
     where t.customer_id = $1 and e.kind = 'assigned' and e.data->>'assignee' is not null
     order by e.data->>'node', e.at desc`,
    [customer],
  )
  return Object.fromEntries(rows.map(({ node, staff, at }) => [node, { staff, at }]))
}
