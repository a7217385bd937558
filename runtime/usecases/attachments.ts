import { randomUUID } from 'node:crypto'
import type { AttachmentReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { ownerOf } from './customer-page.ts'
import { linked } from './customer-link.ts'
import { notFound, Problem } from './problem.ts'
import type { Who } from './run-command.ts'
import { showTicket } from './show-ticket.ts'

export const MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
/** How many pictures a customer may put into one ticket. */
const MAX_OF_CUSTOMER = 30

/** Who puts or looks, and at which ticket; null at one that is not opened yet. */
export interface AttachmentAct {
  readonly tenant: string
  readonly who: Who
  readonly ticket: string | null
}

/** Keeps a picture for a field to name. What it is, its first bytes say. Throws Problem. */
export function keepAttachment(
  deps: Deps,
  { tenant, who, ticket }: AttachmentAct,
  bytes: Uint8Array,
): Promise<AttachmentReply> {
  const kind = pictureKind(bytes)
  if (kind === undefined) throw new Problem('attachment-kind', 422)
  return deps.store.inTenant(tenant, async tx => {
    if (ticket !== null && !(await findTicket(tx, ticket))) throw notFound()
    if (who.kind === 'customer') {
      const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
        `select count(*)::int as count from attachment where ticket_id = $1 and by_kind = 'customer'`,
        [ticket],
      )
      if (count >= MAX_OF_CUSTOMER) throw new Problem('attachments-full', 409)
    }
    const id = `${randomUUID()}.${kind}`
    await tx.query(
      `insert into attachment (tenant, id, ticket_id, by_kind, by_id, type, bytes, created_at)
       values ($1, $2, $3, $4, $5, $6, decode($7, 'base64'), $8)`,
      [tenant, id, ticket, who.kind, who.id, kind, Buffer.from(bytes).toString('base64'), deps.now()],
    )
    return { id }
  })
}

/** A picture for whoever put it there, or may read a field of the ticket that names it. Throws Problem. */
export async function readAttachment(
  deps: Deps,
  { tenant, who, ticket }: AttachmentAct,
  id: string,
): Promise<{ readonly type: string; readonly bytes: Uint8Array }> {
  const row = await deps.store.inTenant(tenant, async tx => {
    const [found] = await tx.query<{ by_kind: string; by_id: string; type: PictureKind; base64: string }>(
      `select by_kind, by_id, type, encode(bytes, 'base64') as base64 from attachment where id = $1`,
      [id],
    )
    return found
  })
  if (!row) throw notFound()
  const isOwn = row.by_kind === who.kind && row.by_id === who.id
  if (!isOwn) {
    if (ticket === null) throw notFound()
    const { fields } = await showTicket(deps, { tenant, who, id: ticket })
    if (!fields.some(({ value }) => JSON.stringify(value).includes(JSON.stringify(id)))) throw notFound()
  }
  return { type: mediaTypes[row.type], bytes: Buffer.from(row.base64, 'base64') }
}

/** The customer behind a signed link, at the link's ticket. Throws Problem. */
export async function actOfLink(deps: Deps, token: string): Promise<AttachmentAct> {
  const { tenant, ticket } = linked(deps, token)
  const { who } = await ownerOf(deps, { tenant, ticket })
  return { tenant, who, ticket }
}

type PictureKind = keyof typeof mediaTypes

const mediaTypes = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' } as const

/** What a picture is by how it begins; undefined for everything else, whatever it is called. */
function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const begin = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (begin.startsWith('\xff\xd8\xff')) return 'jpg'
  if (begin.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (begin.startsWith('GIF87a') || begin.startsWith('GIF89a')) return 'gif'
  return begin.startsWith('RIFF') && begin.slice(8) === 'WEBP' ? 'webp' : undefined
}
