import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import { readRecords, type RecordFault, type SheetRecord } from '#core/sheet'
import { keepLatest, type Kept, type Stamp } from '#core/source'
import type { ImportReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { json, type Tx } from '../store/index.ts'
import { lookAtMoments } from './await-moments.ts'
import { sheetText } from './sheet-text.ts'
import { Problem } from './problem.ts'
import { keptEntity } from './records.ts'
import { deskOf } from './run-command.ts'

/** Rows that go to the database at once. */
const BATCH = 1_000
/** Faults that are told; the rest is counted. */
const MAX_TOLD = 100

/**
 * Reads a file of comma-separated values as records of an entity and says what it would change; unless it is a dry run, writes
 * them all, in one transaction. Fields without a column stay as they are. Of a file with any fault nothing is written. Throws
 * Problem.
 */
export async function importRecords(
  deps: Deps,
  tenant: string,
  { entity, bytes, dry }: { entity: string; bytes: Uint8Array; dry: boolean },
): Promise<ImportReply> {
  const text = sheetText(bytes)
  return deps.store.inTenant(tenant, async tx => {
    const desk = await deskOf(tx)
    const blueprint = wholeDesk(desk)!
    keptEntity(blueprint, entity)
    const read = readRecords(blueprint, entity, text)
    const named = await nameReferences(tx, blueprint, { entity, records: read.records })
    const faults = [...read.faults, ...named.faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    const at = deps.now() + desk.clockOffsetMs
    const changes = await changesOf(tx, { entity, records: named.records, stamp: [at, BEHIND_ALL] })
    const told = (written: boolean): ImportReply => ({
      ...{
        rows: read.rows,
        ignored: read.ignored,
        written,
        faults: faults.slice(0, MAX_TOLD),
        faulty: faults.length,
      },
      ...{ added: changes.added, changed: changes.changed, same: changes.same },
    })
    if (dry) return told(false)
    if (faults.length > 0)
      throw new Problem('sheet-faults', 422, { params: { count: String(faults.length) } })
    await keepAll(tx, { tenant, entity, kept: changes.kept, now: deps.now() })
    await lookAtMoments(tx, { desk, at })
    return told(true)
  })
}

/** Sorts behind every id of a message of the same time. */
const BEHIND_ALL = '\uffff'

type KeptByKey = ReadonlyMap<string, Kept>

/** What the desk would hold of each record of the file, where that differs from what it holds. */
async function changesOf(
  tx: Tx,
  about: { readonly entity: string; readonly records: readonly SheetRecord[]; readonly stamp: Stamp },
): Promise<{ kept: KeptByKey; added: number; changed: number; same: number }> {
  const { entity, records, stamp } = about
  const before = await keptOf(tx, { entity, keys: records.map(({ key }) => key) })
  const kept = new Map<string, Kept>()
  for (const { key, fields } of records) {
    const known = before.get(key)
    const isSame = Object.entries(fields).every(([name, value]) => sameJson(known?.data[name] ?? null, value))
    if (known && isSame) continue
    kept.set(key, keepLatest(known ?? { data: {}, stamps: {} }, fields, stamp))
  }
  // Why not by rows: a record may stand in the file twice, which is a fault of its own.
  const keys = new Set(records.map(({ key }) => key))
  const added = [...kept.keys()].filter(key => !before.has(key)).length
  return { kept, added, changed: kept.size - added, same: keys.size - kept.size }
}

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

async function keptOf(
  tx: Tx,
  { entity, keys }: { entity: string; keys: readonly string[] },
): Promise<Map<string, Kept>> {
  const rows =
    entity === 'customer'
      ? await tx.query<Kept & { key: string }>(
          `select id as key, data || jsonb_build_object('name', name) as data, stamps from customer
           where id = any($1) for update`,
          [keys],
        )
      : await tx.query<Kept & { key: string }>(
          'select key, data, stamps from record where key = any($1) and entity = $2 for update',
          [keys, entity],
        )
  return new Map(rows.map(({ key, data, stamps }) => [key, { data, stamps }]))
}

async function keepAll(
  tx: Tx,
  { tenant, entity, kept, now }: { tenant: string; entity: string; kept: KeptByKey; now: number },
): Promise<void> {
  const rows = [...kept].map(([key, { data, stamps }]) => ({ key, ...named(key, data), stamps }))
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = json(rows.slice(from, from + BATCH))
    if (entity === 'customer')
      await tx.query(
        `insert into customer (tenant, id, name, data, stamps, updated_at)
         select $1, key, name, data, stamps, $3 from jsonb_to_recordset($2::jsonb) as r(key text, name text, data jsonb, stamps jsonb)
         on conflict (tenant, id) do update set name = excluded.name, data = excluded.data, stamps = excluded.stamps,
           updated_at = excluded.updated_at`,
        [tenant, batch, now],
      )
    else
      await tx.query(
        `insert into record (tenant, entity, key, data, stamps, updated_at)
         select $1, $4, key, whole, stamps, $3 from jsonb_to_recordset($2::jsonb) as r(key text, whole jsonb, stamps jsonb)
         on conflict (tenant, entity, key) do update set data = excluded.data, stamps = excluded.stamps,
           updated_at = excluded.updated_at`,
        [tenant, batch, now, entity],
      )
  }
}

/** A customer's name has a column of its own; without one they are called by their number. */
function named(key: string, whole: FieldValues): { name: string; data: FieldValues; whole: FieldValues } {
  const { name, ...data } = whole
  return { name: typeof name === 'string' && name !== '' ? name : key, data, whole }
}

/** Records with each customer by the desk's own number; whatever a row names that is neither known nor in the file is a fault. */
async function nameReferences(
  tx: Tx,
  blueprint: Blueprint,
  { entity, records }: { entity: string; records: readonly SheetRecord[] },
): Promise<{ records: SheetRecord[]; faults: RecordFault[] }> {
  const links = Object.entries(blueprint.entities[entity]!.fields).flatMap(([field, { type, label }]) =>
    type.kind === 'ref' ? [{ field, label, to: type.name }] : [],
  )
  const known = new Map<string, ReadonlyMap<string, string>>()
  for (const { field, to } of links) {
    const keys = records.flatMap(({ fields }) => (typeof fields[field] === 'string' ? [fields[field]] : []))
    const own = to === entity ? records.map(({ key }) => [key, key] as const) : []
    const inPack = Object.keys(blueprint.library[to] ?? {}).map(key => [key, key] as const)
    known.set(field, new Map([...own, ...inPack, ...(await keysKnownAs(tx, to, keys))]))
  }
  const faults: RecordFault[] = []
  const namedRecords = records.map(record => {
    const fields = { ...record.fields }
    for (const { field, label } of links) {
      const value = fields[field]
      if (typeof value !== 'string') continue
      const key = known.get(field)!.get(value)
      if (key !== undefined) fields[field] = key
      else faults.push({ line: record.line, column: label, fault: 'reference', text: value })
    }
    return { ...record, fields }
  })
  return { records: namedRecords, faults }
}

/** What records are called here: customers also by WeCom's number, staff by their login, all by a name that is one's alone. */
async function keysKnownAs(
  tx: Tx,
  entity: string,
  keys: readonly string[],
): Promise<[called: string, key: string][]> {
  const sql: Readonly<Record<string, string>> = {
    customer: `select id as key, called, called = name and called <> id as "isName" from customer,
      unnest(array[id, external_id, name]) called where called = any($1)`,
    staff: `select id as key, called, called = name as "isName" from staff, unnest(array[id, login, name]) called
      where active and called = any($1)`,
  }
  const rows = await tx.query<{ key: string; called: string; isName: boolean }>(
    sql[entity] ??
      `select key, called, called <> key as "isName" from record, unnest(array[key, data->>'name']) called
       where called = any($1) and entity = $2`,
    sql[entity] === undefined ? [keys, entity] : [keys],
  )
  // A name that several bear names nobody; a number goes before a name.
  const bearers = (called: string) => new Set(rows.filter(row => row.called === called).map(({ key }) => key))
  const names = rows.filter(({ called, isName }) => isName && bearers(called).size === 1)
  return [...names, ...rows.filter(({ isName }) => !isName)].map(({ called, key }) => [called, key])
}
