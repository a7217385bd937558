import type { FieldValues } from '#core/form'
import { PutRecord, type EntityReply, type ImportReply, type RecordReply } from '#core/wire'
import { importRecords } from '../../usecases/import-records.ts'
import { exportRecords, listEntities, listRecords, putRecord, removeRecord } from '../../usecases/records.ts'
import { ok, type Call, type Route } from '../route.ts'

const admin = { access: 'admin' } as const

export const recordRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/entities', ...admin },
    summary: 'Of which entities the desk keeps records, what they say, and which forms want them',
    handle: async ({ deps, session }) =>
      ok((await listEntities(deps, session.tenant)) satisfies EntityReply[]),
  },
  {
    ...{ method: 'get', path: '/api/records/:entity', ...admin },
    summary:
      'Records of an entity (orders, stores, customers) by key; search=… looks in all they say, rows=… up to 500 (x-total-count says how many there are)',
    handle: async ({ deps, session, params, query }) => {
      const wanted = Number(query.rows)
      const { rows, total } = await listRecords(deps, session.tenant, {
        ...{ entity: params.entity!, search: query.search ?? '' },
        ...(Number.isInteger(wanted) && { rows: wanted }),
      })
      return { ...ok(rows satisfies RecordReply[]), headers: { 'x-total-count': String(total) } }
    },
  },
  {
    ...{ method: 'get', path: '/api/records/:entity/sheet', ...admin },
    summary: 'All records of an entity as CSV; template=1: the header to be filled in',
    handle: async ({ deps, session, params, query }) => ({
      status: 200,
      bytes: new TextEncoder().encode(
        await exportRecords(deps, session.tenant, {
          entity: params.entity!,
          isTemplate: query.template === '1',
        }),
      ),
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(params.entity!)}.csv`,
      },
    }),
  },
  {
    ...{ method: 'post', path: '/api/records/:entity/import', ...admin, body: 'bytes' },
    summary: 'Takes a CSV file in: all of it, or with a fault nothing; dry=1 says what it would change',
    handle: async ({ deps, session, params, query, bytes }) => {
      const dry = query.dry === '1'
      const reply = await importRecords(deps, session.tenant, { entity: params.entity!, bytes, dry })
      const { added, changed, same } = reply
      return {
        ...ok(reply satisfies ImportReply),
        told: { how: dry ? 'dry' : 'written', counts: `+${added} ~${changed} =${same}` },
      }
    },
  },
  {
    ...{ method: 'put', path: '/api/records/:entity/:key', ...admin, body: PutRecord },
    summary: 'Keeps a record under its key, whole',
    handle: async ({ deps, session, params, body }: Call<PutRecord>) => {
      const data = body.data as FieldValues
      await putRecord(deps, session.tenant, {
        ...{ entity: params.entity!, key: params.key!, data },
        ...(body.externalId !== undefined && { externalId: body.externalId }),
      })
      return ok()
    },
  },
  {
    ...{ method: 'delete', path: '/api/records/:entity/:key', ...admin },
    summary: 'Takes a record away that no ticket, message or other record tells of',
    handle: async ({ deps, session, params }) => {
      await removeRecord(deps, session.tenant, { entity: params.entity!, key: params.key! })
      return ok()
    },
  },
]
