import type { WecomPast } from '../channels/wecom-fake/index.ts'
import type { Deps } from '../deps.ts'
import { EMULATOR_URL } from '../emulator.ts'
import type { Tx } from '../store/index.ts'
import { messageId, sentText, type MessageBody } from './send-outbox.ts'
import { wecomAccount } from './wecom-account.ts'

/** So many messages of each phone's side, and so many customers, the newest, are taken in. */
const MAX_RECALLED = 200
const MAX_CUSTOMERS = 1_000

/**
 * Gives the emulated WeComs of this process back what they knew when the last one ended: who wrote when, so that they may be
 * answered, and what reached the phones. What the desks keep anyway says all of it.
 */
export async function recallEmulators(deps: Pick<Deps, 'store' | 'emulators'>): Promise<void> {
  const desks = await deps.store.asOwner(tx =>
    tx.query<{ tenant: string }>(
      `select tenant from channel_account where channel = 'wecom' and config->>'baseUrl' = $1`,
      [EMULATOR_URL],
    ),
  )
  for (const { tenant } of desks)
    await deps.store.inTenant(tenant, async tx => {
      const account = (await wecomAccount(tx))!
      deps.emulators.of(account).recall(await pastOf(tx, account.account))
    })
}

async function pastOf(tx: Tx, openKfId: string): Promise<WecomPast> {
  const customers = await tx.query<Omit<WecomPast['customers'][number], 'openKfId'>>(
    `select c.external_id as "externalUserId", c.name, i.at as "wroteAt", coalesce(w.sent, 0) as answered
     from (select data->>'externalUserId' as id, max(received_at) as at from inbox where channel = 'wecom' group by 1) i
     join customer c on c.external_id = i.id left join reply_window w on w.tenant = c.tenant and w.customer_id = c.id
     order by i.at desc limit ${MAX_CUSTOMERS}`,
  )
  const toCustomers = await sentRows(
    tx,
    `join customer r on o.to_kind = 'customer' and o.way = 'reply' and r.tenant = o.tenant and r.id = o.to_id`,
    'r.external_id',
  )
  const toStaff = await sentRows(
    tx,
    `join staff r on r.tenant = o.tenant and r.active
       and (o.to_kind = 'staff' and r.id = o.to_id or o.to_kind = 'admin' and 'admin' = any(r.roles))`,
    'r.wecom_user',
  )
  return {
    customers: customers.map(customer => ({ ...customer, openKfId })),
    sent: toCustomers.map(({ address, ...one }) => ({ ...one, openKfId, externalUserId: address })),
    sentToStaff: toStaff.map(({ address, ...one }) => ({ ...one, userId: address })),
  }
}

/** What went out to receivers with an address, oldest first. */
async function sentRows(tx: Tx, receivers: string, address: string) {
  const rows = await tx.query<{
    id: string
    body: MessageBody
    number: number | null
    at: number
    address: string
  }>(
    `select o.id, o.body, t.number, o.sent_at as at, ${address} as address from outbox o ${receivers}
     left join ticket t on t.tenant = o.tenant and t.id = o.ticket_id
     where o.state = 'sent' and ${address} is not null order by o.sent_at desc, o.id limit ${MAX_RECALLED}`,
  )
  return rows.reverse().map(({ id, at, address: to, ...row }) => ({
    msgId: messageId(id),
    text: sentText(row),
    at,
    address: to,
  }))
}
