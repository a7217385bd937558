import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Blueprint } from '#core/blueprint'
import type { Decision } from '#core/desk'
import type { LinkReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { NoticeLink } from '../store/commit-decision.ts'
import type { Tx } from '../store/index.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { notFound, Problem } from './problem.ts'

/** How long a customer's link works, real time. */
export const LINK_TTL_MS = 30 * 24 * 3_600_000

/** Whose ticket a link is for. */
export interface Linked {
  readonly tenant: string
  readonly ticket: string
}

type Linking = Pick<Deps, 'masterKey' | 'now'>

/** The token of a link for the customer of one ticket; undefined when links cannot be signed here. */
export function customerLink(deps: Linking, { tenant, ticket }: Linked): string | undefined {
  if (!deps.masterKey) return undefined
  const text = JSON.stringify([tenant, ticket, deps.now() + LINK_TTL_MS])
  const body = Buffer.from(text).toString('base64url')
  return `${body}.${sealOf(deps.masterKey, tenant, body).toString('base64url')}`
}

/** The link for the customer of a ticket that is there; whole where the service's public address is known. Throws Problem. */
export function linkOf(deps: Deps, { tenant, ticket }: Linked): Promise<LinkReply> {
  return deps.store.inTenant(tenant, async tx => {
    const row = await findTicket(tx, ticket)
    if (!row) throw notFound()
    if (row.state.customer === null) throw new Problem('link-nobody', 409)
    const token = customerLink(deps, { tenant, ticket })
    if (token === undefined) throw new Problem('links-off', 409)
    const path = `/c/${token}`
    const origin = await publicUrl(tx)
    return { path, url: origin === undefined ? null : origin + path }
  })
}

/** What a decision's notices bring with them where the ticket now waits for its customer; undefined without a public address. */
export async function noticeLink(
  deps: Linking,
  tx: Tx,
  { tenant, blueprint, decision }: { tenant: string; blueprint: Blueprint; decision: Decision },
): Promise<NoticeLink | undefined> {
  const { state, effects } = decision
  const { nodes } = blueprint.tickets[state.kind]!
  const asking = Object.keys(state.tokens).filter(node => nodes[node]!.by === 'customer')
  if (!effects.some(one => one.effect === 'notify-customer' && asking.includes(one.node))) return undefined
  const token = customerLink(deps, { tenant, ticket: state.id })
  const origin = token === undefined ? undefined : await publicUrl(tx)
  return origin === undefined ? undefined : { nodes: asking, url: `${origin}/c/${token}` }
}

/** INVARIANT: nothing of a token is used before its seal held. Throws Problem. */
export function linked(deps: Linking, token: string): Linked {
  const over = new Problem('link-over', 404)
  const [body = '', seal = ''] = token.split('.')
  const claimed = readClaim(body)
  if (!deps.masterKey || !claimed) throw over
  const wanted = sealOf(deps.masterKey, claimed.tenant, body)
  const given = Buffer.from(seal, 'base64url')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw over
  if (claimed.until < deps.now()) throw over
  return claimed
}

function readClaim(body: string): (Linked & { readonly until: number }) | undefined {
  try {
    const claim = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown
    if (!Array.isArray(claim)) return undefined
    const [tenant, ticket, until] = claim as unknown[]
    const isWhole = typeof tenant === 'string' && typeof ticket === 'string' && typeof until === 'number'
    return isWhole && tenant !== '' ? { tenant, ticket, until } : undefined
  } catch {
    // Why: whatever is not our JSON is no link of ours.
    return undefined
  }
}

/** Every desk has a key of its own, so a link of one says nothing about another's. */
function sealOf(master: Buffer, tenant: string, body: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', master, tenant, 'axle customer link 1', 32))
  return createHmac('sha256', key).update(body).digest()
}

/** Whether customers are asked anything, so that a notice of that wants a link. */
export const asksCustomers = ({ tickets }: Blueprint): boolean =>
  Object.values(tickets).some(({ nodes }) => Object.values(nodes).some(({ by }) => by === 'customer'))

/** Whether notices that ask customers bring a link: not without a key to sign it (`none`), nor without a proved address. */
export async function linkState(tx: Tx, hasKey: boolean): Promise<'none' | 'unproved' | 'pass'> {
  if (!hasKey) return 'none'
  return (await publicUrl(tx)) === undefined ? 'unproved' : 'pass'
}

/** The public address of this service, as WeCom proved it when it called back; undefined until then. */
export async function publicUrl(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ url: string | null }>(
    `select typed->>'publicUrl' as url from wecom_step where step = 'callback' and state = 'pass'`,
  )
  return row?.url ?? undefined
}
