import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import { keepLatest, type Kept, type Stamp } from '#core/source'
import { asDeskKeeps, type SharingPack } from '#core/together'
import type { JsonValue } from '#core/values'
import { json, type Tx } from '../store/index.ts'

interface Said {
  readonly tenant: string
  readonly entity: string
  readonly key: string
  readonly fields: FieldValues
  readonly stamp: Stamp
  /** Epoch ms, real. */
  readonly now: number
}

/**
 * Keeps what a message to a pack says of a record under its key, a customer too; of every field the latest word counts. Customers
 * it names are found by their id or WeCom's, or begin here. The record is locked until the transaction ends.
 */
export async function keepRecord(tx: Tx, pack: SharingPack, said: Said): Promise<string> {
  const named = await withCustomers(tx, pack.blueprint, said)
  const fields = asDeskKeeps(pack, said.entity, named)
  if (said.entity === 'customer') return keepCustomer(tx, { ...said, fields })
  const { tenant, entity, key, stamp, now } = said
  await tx.query(
    `insert into record (tenant, entity, key, data, updated_at) values ($1, $2, $3, '{}', $4) on conflict do nothing`,
    [tenant, entity, key, now],
  )
  const [row] = await tx.query<Kept>(
    'select data, stamps from record where entity = $1 and key = $2 for update',
    [entity, key],
  )
  const { data, stamps } = keepLatest(row!, fields, stamp)
  await tx.query('update record set data = $3, stamps = $4, updated_at = $5 where entity = $1 and key = $2', [
    entity,
    key,
    json(data),
    json(stamps),
    now,
  ])
  return key
}

async function keepCustomer(tx: Tx, said: Said): Promise<string> {
  const id = await customerKnownAs(tx, said, said.key)
  const [row] = await tx.query<Kept & { name: string }>(
    'select name, data, stamps from customer where id = $1 for update',
    [id],
  )
  const { id: _, ...fields } = said.fields
  const kept = keepLatest(
    { data: { ...row!.data, name: row!.name }, stamps: row!.stamps },
    fields,
    said.stamp,
  )
  const { name, ...data } = kept.data
  await tx.query('update customer set name = $2, data = $3, stamps = $4, updated_at = $5 where id = $1', [
    ...[id, typeof name === 'string' && name !== '' ? name : id],
    ...[json(data), json(kept.stamps), said.now],
  ])
  return id
}

/** The fields with each customer by the id the desk knows. */
async function withCustomers(tx: Tx, { entities }: Blueprint, said: Said): Promise<FieldValues> {
  const fields: Record<string, JsonValue> = { ...said.fields }
  for (const [name, value] of Object.entries(fields)) {
    const type = entities[said.entity]!.fields[name]!.type
    if (type.kind === 'ref' && type.name === 'customer' && typeof value === 'string')
      fields[name] = await customerKnownAs(tx, said, value)
  }
  return fields
}

/** The customer of an id, the desk's own or WeCom's; a new one is called by it until the name is known. */
async function customerKnownAs(tx: Tx, { tenant, now }: Said, id: string): Promise<string> {
  const [known] = await tx.query<{ id: string }>(
    'select id from customer where id = $1 or external_id = $1 order by (id = $1) desc limit 1',
    [id],
  )
  if (known) return known.id
  await tx.query(
    'insert into customer (tenant, id, name, updated_at) values ($1, $2, $2, $3) on conflict do nothing',
    [tenant, id, now],
  )
  return id
}
