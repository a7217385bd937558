import type { AttachmentReply } from '#core/wire'
import {
  actOfLink,
  keepAttachment,
  MAX_ATTACHMENT_BYTES,
  readAttachment,
  type AttachmentAct,
} from '../../usecases/attachments.ts'
import type { Call, Reply, Route } from '../route.ts'

/** Pictures in fields: of staff, and of customers behind their links. */
export const attachmentRoutes: readonly Route[] = [
  {
    ...{ method: 'post', path: '/api/attachments', access: 'staff', body: 'bytes' },
    limit: MAX_ATTACHMENT_BYTES,
    summary: 'Keeps a picture (JPEG, PNG, WebP or GIF, 5 MB at most) for a field to name: ticket=',
    handle: async call => keep(call, actOfSession(call)),
  },
  {
    ...{ method: 'get', path: '/api/attachments/:id', access: 'staff' },
    summary:
      'A picture that the caller put there, or that a field of the ticket names which they may read: ticket=',
    handle: async call => show(call, actOfSession(call)),
  },
  {
    ...{ method: 'post', path: '/api/customer/:token/attachments', access: 'public', body: 'bytes' },
    limit: MAX_ATTACHMENT_BYTES,
    summary: 'Keeps a picture of the customer behind a signed link',
    handle: async call => keep(call, await actOfLink(call.deps, call.params.token!)),
  },
  {
    ...{ method: 'get', path: '/api/customer/:token/attachments/:id', access: 'public' },
    summary: 'A picture that the customer behind a signed link may see',
    handle: async call => show(call, await actOfLink(call.deps, call.params.token!)),
  },
]

const actOfSession = ({ session, query }: Call): AttachmentAct => ({
  tenant: session.tenant,
  who: { kind: 'staff', id: session.staff.id },
  ticket: query.ticket || null,
})

async function keep({ deps, bytes }: Call, act: AttachmentAct): Promise<Reply> {
  return { status: 201, body: (await keepAttachment(deps, act, bytes)) satisfies AttachmentReply }
}

/** Never run, never guessed at: whatever the bytes are, they are shown as the picture they were taken for. */
async function show({ deps, params }: Call, act: AttachmentAct): Promise<Reply> {
  const { type, bytes } = await readAttachment(deps, act, params.id!)
  const headers = {
    ...{ 'content-type': type, 'x-content-type-options': 'nosniff' },
    'content-disposition': `attachment; filename="${params.id!.replace(/[^\w.-]/g, '')}"`,
    'content-security-policy': "default-src 'none'; sandbox",
  }
  return { status: 200, bytes, headers }
}
