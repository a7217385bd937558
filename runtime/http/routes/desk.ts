import type { FieldValues } from '#core/form'
import { ConnectWecom, PutRecord } from '#core/wire'
import { listRecords, putRecord } from '../../usecases/records.ts'
import { connectWecom } from '../../usecases/wecom-account.ts'
import { ok, type Call, type Route } from '../route.ts'

export const deskRoutes: readonly Route[] = [
  {
    ...{ method: 'put', path: '/api/channels/wecom', access: 'admin', body: ConnectWecom },
    summary: 'Connects the desk to a 微信客服 account',
    handle: async ({ deps, session, body }: Call<ConnectWecom>) => {
      await connectWecom(deps, session.tenant, body)
      return ok({ callback: `/channels/wecom/${session.tenant}/callback` })
    },
  },
  {
    ...{ method: 'get', path: '/api/records/:entity', access: 'admin' },
    summary: 'Records of an entity: orders, stores, customers',
    handle: async ({ deps, session, params }) => ok(await listRecords(deps, session.tenant, params.entity!)),
  },
  {
    ...{ method: 'put', path: '/api/records/:entity/:key', access: 'admin', body: PutRecord },
    summary: 'Keeps a record under its key',
    handle: async ({ deps, session, params, body }: Call<PutRecord>) => {
      const data = body.data as FieldValues
      await putRecord(deps, session.tenant, {
        ...{ entity: params.entity!, key: params.key!, data },
        ...(body.externalId !== undefined && { externalId: body.externalId }),
      })
      return ok()
    },
  },
]
