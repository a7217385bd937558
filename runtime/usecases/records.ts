import type { FieldValues } from '#core/form'
import { decodeValue } from '#core/values'
import type { Deps } from '../deps.ts'
import { json } from '../store/index.ts'
import { writtenAt } from '#core/source'
import { awaitMoments } from './await-moments.ts'
import { Problem } from './problem.ts'
import { deskOf } from './run-command.ts'

/** Keeps a record of an entity of the desk's newest version under its key. Throws Problem. */
export function putRecord(
  deps: Deps,
  tenant: string,
  record: { entity: string; key: string; data: FieldValues; externalId?: string },
): Promise<void> {
  const { entity, key, data, externalId = null } = record
  return deps.store.inTenant(tenant, async tx => {
    const desk = await deskOf(tx)
    const at = deps.now() + desk.clockOffsetMs
    const declared = desk.newest!.blueprint.entities[entity]
    if (!declared || entity === 'staff')
      throw new Problem('unknown-entity', 404, { params: { name: entity } })
    for (const [name, value] of Object.entries(data)) {
      const field = declared.fields[name]
      if (!field || field.computed || decodeValue(value, field.type) === undefined)
        throw new Problem('fields', 422, {
          fields: [{ field: name, problem: field ? 'type' : 'unknown', detail: null }],
        })
    }
    if (entity === 'customer') {
      const { name = key, ...rest } = data
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

export interface RecordView {
  readonly key: string
  readonly data: FieldValues
}

const MAX_ROWS = 500

/** The records of an entity, by key; customers too. */
export function listRecords(deps: Deps, tenant: string, entity: string): Promise<RecordView[]> {
  return deps.store.inTenant(tenant, tx =>
    entity === 'customer'
      ? tx.query<RecordView>(
          `select id as key, data || jsonb_build_object('name', name) as data from customer order by id limit ${MAX_ROWS}`,
        )
      : tx.query<RecordView>(
          `select key, data from record where entity = $1 order by key limit ${MAX_ROWS}`,
          [entity],
        ),
  )
}
