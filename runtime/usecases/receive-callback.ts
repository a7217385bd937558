import {
  NONCE_TTL_MS,
  openCallback,
  openEcho,
  readCallback,
  type CallbackQuery,
  type CallbackSecrets,
} from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import { callbackSecrets, noteEcho } from './connect-wecom.ts'
import { wecomAccount } from './wecom-account.ts'

/**
 * Takes in a callback of WeCom: proves it, notes its nonce and queues the pull, then answers; the words come later.
 * False for everything that is forged, foreign, stale or replayed, without a difference and without a trace.
 */
export async function receiveCallback(
  deps: Deps,
  { tenant, query, body }: { tenant: string; query: CallbackQuery; body: string },
): Promise<boolean> {
  return deps.store.inTenant(tenant, async tx => {
    const account = await wecomAccount(tx)
    if (!account || account.aesKey === '') return false
    const secrets = { token: account.token, aesKey: account.aesKey, receiveId: account.corpId }
    const now = deps.now()
    const opened = openCallback({ query, body, secrets, now })
    if (!opened.ok) return false
    const callback = readCallback(opened.xml)
    await tx.query('delete from channel_nonce where at < $1', [now - NONCE_TTL_MS])
    const fresh = await tx.query(
      'insert into channel_nonce (tenant, nonce, at) values ($1, $2, $3) on conflict do nothing returning nonce',
      [tenant, `${query.timestamp}.${query.nonce}`, now],
    )
    if (fresh.length === 0) return false
    if (callback.kind === 'kf_msg_or_event' && callback.openKfId === account.account)
      tx.enqueue('wecom.pull', { tenant, token: callback.token })
    return true
  })
}

/**
 * The echo that proves to WeCom that the URL is ours; undefined for everything forged. Secrets that were typed and are not in
 * force yet count: WeCom asks for the echo before it takes them.
 */
export async function answerEcho(
  deps: Deps,
  { tenant, query }: { tenant: string; query: CallbackQuery & { readonly echostr: string } },
): Promise<string | undefined> {
  const now = deps.now()
  const { typed, inForce } = await deps.store.inTenant(tenant, callbackSecrets)
  const open = (secrets: CallbackSecrets | undefined) => {
    const opened = secrets && openEcho({ query, secrets, now })
    return opened?.ok ? opened.echo : undefined
  }
  const echo = open(typed)
  const known = echo ?? open(inForce)
  // Why not what is in force: it says nothing of what is being typed.
  if (echo !== undefined || known === undefined) await noteEcho(deps, tenant, echo !== undefined)
  return known
}
