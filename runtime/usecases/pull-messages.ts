import {
  BAD_MSG_TOKEN,
  INVALID_CURSOR,
  WecomError,
  type KfMessage,
  type SyncPage,
} from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import { json } from '../store/index.ts'
import { wecomAccount, type ConnectedAccount } from './wecom-account.ts'

/** How many pages one job pulls; the rest is left to the next. */
const MAX_PAGES = 20

/** Pulls what customers wrote since the cursor into the inbox; rows and cursor are kept in one transaction. */
export async function pullMessages(deps: Deps, tenant: string, token: string | undefined): Promise<void> {
  for (let page = 0; page < MAX_PAGES; page++) {
    const account = await deps.store.inTenant(tenant, wecomAccount)
    if (!account) return
    const pulled = await pullPage(deps, account, token)
    await keepPage(deps, tenant, { account, pulled })
    if (!pulled.hasMore) return
  }
}

/** A token that ran out is left away; a cursor that WeCom no longer knows starts over. */
async function pullPage(deps: Deps, account: ConnectedAccount, token: string | undefined): Promise<SyncPage> {
  const client = deps.wecom(account)
  const request = { openKfId: account.account, ...(token !== undefined && { token }) }
  try {
    return await client.syncMessages({ ...request, cursor: account.cursor })
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    const again = { openKfId: account.account, cursor: account.cursor }
    if (error.code === BAD_MSG_TOKEN) return client.syncMessages(again)
    if (error.code === INVALID_CURSOR) return client.syncMessages({ ...again, cursor: '' })
    throw error
  }
}

function keepPage(
  deps: Deps,
  tenant: string,
  { account, pulled }: { account: ConnectedAccount; pulled: SyncPage },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const texts = pulled.messages.filter(isCustomerText)
    const rows = texts.map(message => ({ message_id: message.msgId, data: message }))
    const fresh = await tx.query(
      `insert into inbox (tenant, channel, message_id, account, received_at, data)
       select $1, 'wecom', m.message_id, $2, $3, m.data
       from jsonb_to_recordset($4) as m(message_id text, data jsonb)
       on conflict do nothing returning message_id`,
      [tenant, account.account, deps.now(), json(rows)],
    )
    await tx.query(`update channel_account set cursor = $2 where channel = 'wecom' and account = $1`, [
      account.account,
      pulled.nextCursor,
    ])
    if (fresh.length > 0) tx.enqueue('inbox', { tenant })
  })
}

/** Origin 3 is the customer's own words. */
function isCustomerText(message: KfMessage): boolean {
  return message.origin === 3 && message.msgType === 'text' && message.text !== undefined
}
