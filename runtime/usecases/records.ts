import type { Blueprint, EntityBlueprint } from '#core/blueprint'
import { fitsType, type FieldValues } from '#core/form'
import { writtenAt } from '#core/source'
import { keyColumn, printRecords } from '#core/sheet'
import { findRegion } from '#core/values'
import type { EntityReply, RecordReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { json, type Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { awaitMoments } from './await-moments.ts'
import { recordFieldViews } from './field-views.ts'
import { notFound, Problem } from './problem.ts'
import { deskOf } from './run-command.ts'

/** An entity whose records a desk keeps: not staff, nor the rows of lists. Throws Problem. */
export function keptEntity(blueprint: Blueprint, entity: string): EntityBlueprint {
  const declared = Object.hasOwn(blueprint.entities, entity) ? blueprint.entities[entity] : undefined
  if (!declared || !isKept(entity, declared))
    throw new Problem('unknown-entity', 404, { params: { name: entity } })
  return declared
}

const isKept = (name: string, { key }: EntityBlueprint) =>
  key !== null || name === 'customer' || name === 'store'

/** Keeps a record of an entity of the desk's packs under its key, whole. Throws Problem. */
export function putRecord(
  deps: Deps,
  tenant: string,
  record: { entity: string; key: string; data: FieldValues; externalId?: string },
): Promise<void> {
  const { entity, key, data, externalId = null } = record
  return deps.store.inTenant(tenant, async tx => {
    const desk = await deskOf(tx)
    const blueprint = wholeDesk(desk)!
    const at = deps.now() + desk.clockOffsetMs
    const declared = keptEntity(blueprint, entity)
    refuseMisfits(blueprint, declared, { ...data, ...keyOf(blueprint, entity, key) })
    await refuseStrangers(tx, declared, data)
    if (entity === 'customer') {
      const { name = key, id: _, ...rest } = data
      await tx.query(
        `insert into customer (tenant, id, name, data, updated_at, external_id, stamps) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (tenant, id) do update set name = excluded.name, data = excluded.data, stamps = excluded.stamps,
           updated_at = excluded.updated_at, external_id = coalesce(excluded.external_id, customer.external_id)`,
        [tenant, key, name, json(rest), deps.now(), externalId, json(writtenAt(at))],
      )
      return
    }
    await tx.query(
      `insert into record (tenant, entity, key, data, updated_at, stamps) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant, entity, key) do update set data = excluded.data, updated_at = excluded.updated_at,
         stamps = excluded.stamps`,
      [tenant, entity, key, json(data), deps.now(), json(writtenAt(at))],
    )
    await awaitMoments(tx, { desk, at }, { entity, key })
  })
}

const keyOf = (blueprint: Blueprint, entity: string, key: string): FieldValues =>
  blueprint.entities[entity]!.key === null ? {} : { [keyColumn(blueprint, entity)]: key }

function refuseMisfits(blueprint: Blueprint, { fields }: EntityBlueprint, data: FieldValues): void {
  const problems = Object.entries(data).flatMap(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    const problem =
      !field || field.computed ? 'unknown' : fitsType(blueprint, field.type, value) ? null : 'type'
    return problem === null ? [] : [{ field: name, problem, detail: null } as const]
  })
  if (problems.length > 0) throw new Problem('fields', 422, { fields: problems })
}

/** A record about somebody the desk does not know would be found by nobody. */
async function refuseStrangers(tx: Tx, { fields }: EntityBlueprint, data: FieldValues): Promise<void> {
  const named = Object.entries(data).filter(([name, value]) => {
    const { type } = fields[name]!
    return type.kind === 'ref' && type.name === 'customer' && value !== null
  })
  if (named.length === 0) return
  const known = await tx.query<{ id: string }>('select id from customer where id = any($1)', [
    named.map(([, id]) => id),
  ])
  const unknown = named.filter(([, id]) => !known.some(row => row.id === id))
  const problems = unknown.map(
    ([field, id]) => ({ field, problem: 'reference', detail: String(id) }) as const,
  )
  if (problems.length > 0) throw new Problem('fields', 422, { fields: problems })
}

const MAX_ROWS = 500

/** Records of an entity by key, customers too, 200 unless more are asked for, and how many there are; `search` looks in all they say. */
export function listRecords(
  deps: Deps,
  tenant: string,
  { entity, search = '', rows = 200 }: { entity: string; search?: string; rows?: number },
): Promise<{ rows: RecordReply[]; total: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const found = await tx.query<RecordReply & { total: number }>(
      `select *, count(*) over ()::int as total from (${RECORDS_OF}) r
       where $2 = '' or position(lower($2) in lower(key || ' ' || data::text)) > 0
         or position('"' || $3 || '"' in data::text) > 0
       order by key limit ${Math.max(1, Math.min(rows, MAX_ROWS))}`,
      // A region is kept as its code, and looked for by its name.
      [entity, search, findRegion(search.trim().replace(/\s+/g, '.')) ?? null],
    )
    return { rows: found.map(({ key, data }) => ({ key, data })), total: found[0]?.total ?? 0 }
  })
}

/** The records of the entity `$1`; customers have a table of their own. */
const RECORDS_OF = `
  select key, data from record where entity = $1
  union all
  select id, data || jsonb_build_object('name', name) from customer where $1 = 'customer'`

/** All records of an entity as comma-separated values; of a template, its header to be filled in. Throws Problem. */
export function exportRecords(
  deps: Deps,
  tenant: string,
  { entity, isTemplate = false }: { entity: string; isTemplate?: boolean },
): Promise<string> {
  return deps.store.inTenant(tenant, async tx => {
    const blueprint = wholeDesk(await deskOf(tx))!
    keptEntity(blueprint, entity)
    const rows = isTemplate
      ? []
      : await tx.query<RecordReply>(`select key, data from (${RECORDS_OF}) r order by key`, [entity])
    return printRecords(blueprint, entity, rows)
  })
}

/**
 * Takes a record away. Throws Problem when there is none, or when a ticket, a message or another record tells of it: then it
 * would be missing there.
 */
export function removeRecord(
  deps: Deps,
  tenant: string,
  { entity, key }: { entity: string; key: string },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const blueprint = wholeDesk(await deskOf(tx))!
    keptEntity(blueprint, entity)
    const [table, column] = entity === 'customer' ? ['customer', 'id'] : ['record', 'key']
    const where = entity === 'customer' ? `id = $1` : `key = $1 and entity = $2`
    const values = entity === 'customer' ? [key] : [key, entity]
    const [row] = await tx.query(`select ${column} from ${table} where ${where} for update`, values)
    if (!row) throw notFound()
    const used = await whoTellsOf(tx, blueprint, { entity, key })
    if (used > 0) throw new Problem('record-in-use', 409, { params: { key, count: String(used) } })
    await tx.query(`delete from ${table} where ${where}`, values)
    await tx.query(`delete from timer where ref->>'entity' = $1 and ref->>'key' = $2`, [entity, key])
  })
}

/** How many tickets, messages and records name a record. */
async function whoTellsOf(
  tx: Tx,
  blueprint: Blueprint,
  { entity, key }: { entity: string; key: string },
): Promise<number> {
  const namesIt = (fields: EntityBlueprint['fields']) =>
    Object.entries(fields).flatMap(([name, { type }]) =>
      type.kind === 'ref' && type.name === entity ? [name] : [],
    )
  const ofForms = [...new Set(Object.values(blueprint.forms).flatMap(({ fields }) => namesIt(fields)))]
  const ofRecords = Object.entries(blueprint.entities).flatMap(([name, { fields }]) =>
    namesIt(fields).map(field => `${name}.${field}`),
  )
  const kinds = Object.keys(blueprint.tickets).filter(
    kind => blueprint.forms[blueprint.tickets[kind]!.form]!.subject === entity,
  )
  const [row] = await tx.query<{ count: number }>(
    `select (
       (select count(*) from ticket where (kind = any($2) and state->>'subject' = $1)
          or exists (select from unnest($3::text[]) field where state->'fields'->>field = $1))
       + (select count(*) from record where exists
          (select from unnest($4::text[]) field where field = entity || '.' || split_part(field, '.', 2)
             and data->>split_part(field, '.', 2) = $1))
       + case when $5 then (select count(*) from ticket where customer_id = $1)
          + (select count(*) from outbox where to_kind = 'customer' and to_id = $1)
          + (select count(*) from enrolment where customer_id = $1)
          + (select count(*) from entity_event where customer_id = $1) else 0 end
     )::int as count`,
    [key, kinds, ofForms, ofRecords, entity === 'customer'],
  )
  return row!.count
}

/** The entities whose records the desk keeps: what each record says, how many there are, and what wants them. */
export function listEntities(deps: Deps, tenant: string): Promise<EntityReply[]> {
  return deps.store.inTenant(tenant, async tx => {
    const desk = await loadDesk(tx)
    const blueprint = desk && wholeDesk(desk)
    if (!blueprint) return []
    const kept = Object.entries(blueprint.entities).filter(([name, declared]) => isKept(name, declared))
    const counts = await countRecords(tx)
    const named = kept.flatMap(([, { fields }]) =>
      Object.values(fields).flatMap(({ type }) => (type.kind === 'ref' ? [type.name] : [])),
    )
    const replies: EntityReply[] = []
    for (const [entity, { label }] of kept) {
      const [count, wanted] = [counts[entity] ?? 0, wantedBy(blueprint, entity)]
      // Why: every pack may speak of stores, few do.
      if (entity === 'store' && count + wanted.length === 0 && !named.includes(entity)) continue
      replies.push({
        ...{ entity, label, key: keyColumn(blueprint, entity), count, wantedBy: wanted },
        inPack: Object.keys(blueprint.library[entity] ?? {}).length,
        fields: await recordFieldViews(tx, blueprint, entity),
      })
    }
    return replies
  })
}

/** How many records the desk has of each entity, customers too. */
export async function countRecords(tx: Tx): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ entity: string; count: number }>(
    `select entity, count(*)::int as count from record group by 1
     union all select 'customer', count(*)::int from customer`,
  )
  return Object.fromEntries(rows.map(({ entity, count }) => [entity, count]))
}

/** The forms that cannot be filled without a record of the entity: those about it, and those whose field must name one. */
export function wantedBy({ forms }: Blueprint, entity: string): string[] {
  return Object.entries(forms).flatMap(([name, { subject, fields }]) => {
    const asks = Object.values(fields).some(
      ({ type, optional, computed }) => !computed && !optional && type.kind === 'ref' && type.name === entity,
    )
    return subject === entity || asks ? [name] : []
  })
}

/** The entities without any record that some form cannot do without. */
export async function missingRecords(
  tx: Tx,
  blueprint: Blueprint,
): Promise<{ entity: string; forms: string[] }[]> {
  const counts = await countRecords(tx)
  return Object.entries(blueprint.entities).flatMap(([entity, declared]) => {
    const forms = wantedBy(blueprint, entity)
    const isThere = (counts[entity] ?? 0) + Object.keys(blueprint.library[entity] ?? {}).length > 0
    // Why not customers: they come by writing.
    return !isKept(entity, declared) || entity === 'customer' || isThere || forms.length === 0
      ? []
      : [{ entity, forms }]
  })
}
