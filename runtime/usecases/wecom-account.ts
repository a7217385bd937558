import type { WecomAccount } from '../deps.ts'
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

/** Keeps the connection of the transaction's desk to WeCom: one account, in the place of any other. */
export async function connectWecom(tx: Tx, { account, ...rest }: WecomAccount): Promise<void> {
  const { baseUrl, corpId, secret, agentId, token, aesKey } = rest
  await tx.query(`delete from channel_account where channel = 'wecom' and account <> $1`, [account])
  await tx.query(
    `insert into channel_account (tenant, channel, account, config)
     values (current_setting('app.tenant'), 'wecom', $1, $2)
     on conflict (tenant, channel, account) do update set config = excluded.config`,
    [account, json({ baseUrl, corpId, secret, agentId, token, aesKey })],
  )
}

/** Forgets the connection of the transaction's desk to WeCom, and what was typed for one. */
export async function disconnectWecom(tx: Tx): Promise<void> {
  await tx.query(`delete from channel_account where channel = 'wecom'`)
  await tx.query('delete from wecom_step')
}
