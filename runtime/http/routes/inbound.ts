import {
  MendMessage,
  PutSecret,
  type DeadMessageReply,
  type InboundReply,
  type SecretReply,
} from '#core/wire'
import { receiveMessage } from '../../usecases/receive-message.ts'
import { listSecrets, putSecret, removeSecret } from '../../usecases/secrets.ts'
import { discardMessage, listDead, listSources, mendMessage } from '../../usecases/source-messages.ts'
import { ok, type Call, type Route } from '../route.ts'

const admin = { access: 'admin' } as const

export const inboundRoutes: readonly Route[] = [
  {
    ...{ method: 'post', path: '/api/sources/:name', access: 'public', body: 'bytes' },
    summary: 'Takes a message of another system, signed as Standard Webhooks says: desk=',
    handle: async ({ deps, params, query, bytes, header }) => {
      const webhook = {
        id: header('webhook-id') ?? '',
        timestamp: header('webhook-timestamp') ?? '',
        signature: header('webhook-signature') ?? '',
        body: bytes,
      }
      const body = await receiveMessage(deps, { tenant: query.desk ?? '', source: params.name!, webhook })
      return { status: 202, body }
    },
  },
  {
    ...{ method: 'get', path: '/api/sources', ...admin },
    summary: 'Where other systems send what happened, and how their messages fared',
    handle: async ({ deps, session }) =>
      ok((await listSources(deps, session.tenant)) satisfies InboundReply[]),
  },
  {
    ...{ method: 'get', path: '/api/sources/:name/dead', ...admin },
    summary: 'Messages that could not be read, the oldest first',
    handle: async ({ deps, session, params }) =>
      ok((await listDead(deps, session.tenant, params.name!)) satisfies DeadMessageReply[]),
  },
  {
    ...{ method: 'post', path: '/api/sources/:name/dead/:id/again', ...admin, body: MendMessage },
    summary: 'Tries such a message again, mended or as it came',
    handle: async ({ deps, session, params, body }: Call<MendMessage>) => {
      const message = { tenant: session.tenant, source: params.name!, id: params.id! }
      const mended = await mendMessage(deps, { ...message, body: body.body })
      return { ...ok(mended), told: { checked: mended.state === 'dead' ? 'fail' : 'pass' } }
    },
  },
  {
    ...{ method: 'delete', path: '/api/sources/:name/dead/:id', ...admin },
    summary: 'Leaves such a message out for good',
    handle: async ({ deps, session, params }) => {
      await discardMessage(deps, { tenant: session.tenant, source: params.name!, id: params.id! })
      return ok()
    },
  },
  {
    ...{ method: 'get', path: '/api/secrets', ...admin },
    summary: 'The secrets the pack asks for, who needs them, which are set and whether they are sealed',
    handle: async ({ deps, session }) =>
      ok((await listSecrets(deps, session.tenant)) satisfies SecretReply[]),
  },
  {
    ...{ method: 'put', path: '/api/secrets/:name', ...admin, body: PutSecret },
    summary: 'Sets a secret, or makes one up and tells it this once',
    handle: async ({ deps, session, params, body }: Call<PutSecret>) =>
      ok(await putSecret(deps, { tenant: session.tenant, name: params.name!, value: body.value })),
  },
  {
    ...{ method: 'delete', path: '/api/secrets/:name', ...admin },
    summary: 'Takes a secret’s value away; what needs it fails until there is one again',
    handle: async ({ deps, session, params }) => {
      await removeSecret(deps, { tenant: session.tenant, name: params.name! })
      return ok()
    },
  },
]
