import type { Deps, WecomAccount } from '../deps.ts'
import { json, type Tx } from '../store/index.ts'

/** A desk's WeCom account with how far its messages were pulled. */
export interface ConnectedAccount extends WecomAccount {
  readonly cursor: string
}

export async function wecomAccount(tx: Tx): Promise<ConnectedAccount | undefined> {
  const [row] = await tx.query<{
    account: string
    config: Omit<WecomAccount, 'account'>
    cursor: string | null
  }>(`select account, config, cursor from channel_account where channel = 'wecom' order by account limit 1`)
  return row && { ...row.config, account: row.account, cursor: row.cursor ?? '' }
}

/** Keeps the connection of a desk to WeCom. */
export function connectWecom(
  deps: Deps,
  tenant: string,
  { account, ...config }: WecomAccount,
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    await tx.query(
      `insert into channel_account (tenant, channel, account, config) values ($1, 'wecom', $2, $3)
       on conflict (tenant, channel, account) do update set config = excluded.config`,
      [tenant, account, json(config)],
    )
  })
}
