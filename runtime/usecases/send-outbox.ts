import { createHash } from 'node:crypto'
import { WecomError } from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { wecomAccount, type ConnectedAccount } from './wecom-account.ts'

/** A row that a crash left half sent is taken up again after so long; the receiver's side drops the repeat. */
const STUCK_MS = 60_000
const MAX_ATTEMPTS = 5

interface Claimed {
  readonly id: string
  readonly kind: string
  readonly toKind: 'customer' | 'staff' | 'admin'
  readonly attempts: number
  readonly text: string
  readonly receivers: readonly string[]
  readonly account: ConnectedAccount
}

/** Sends what a desk has to say, one message after the other; each is claimed, sent, and marked in turn. */
export async function sendOutbox(deps: Deps, tenant: string): Promise<number> {
  for (let sent = 0; ;) {
    const claimed = await deps.store.inTenant(tenant, tx => claimNext(deps, tx))
    if (claimed === 'none') return sent
    if (claimed === 'held') continue
    await deliver(deps, tenant, claimed)
    sent++
  }
}

interface OutboxRow {
  readonly id: string
  readonly kind: string
  readonly to_kind: Claimed['toKind']
  readonly to_id: string
  readonly body: { readonly text?: string; readonly reason?: string; readonly node: string }
  readonly attempts: number
  readonly number: number | null
}

async function claimNext(deps: Deps, tx: Tx): Promise<Claimed | 'held' | 'none'> {
  const now = deps.now()
  const [row] = await tx.query<OutboxRow>(
    `select o.id, o.kind, o.to_kind, o.to_id, o.body, o.attempts, t.number
     from outbox o left join ticket t on t.tenant = o.tenant and t.id = o.ticket_id
     where o.state = 'queued' or (o.state = 'sending' and o.sent_at < $1)
     order by o.created_at, o.id limit 1 for update of o skip locked`,
    [now - STUCK_MS],
  )
  if (!row) return 'none'
  const account = await wecomAccount(tx)
  const reason = (await isSilent(tx, row.kind)) ? 'trial' : account ? undefined : 'no-channel'
  const receivers = reason === undefined ? await receiversOf(tx, row) : []
  if (reason !== undefined || receivers.length === 0 || !account) {
    const why = reason ?? 'no-address'
    await tx.query(`update outbox set state = 'held', reason = $2 where id = $1`, [row.id, why])
    return 'held'
  }
  await tx.query(`update outbox set state = 'sending', attempts = attempts + 1, sent_at = $2 where id = $1`, [
    row.id,
    now,
  ])
  const { id, kind, to_kind: toKind } = row
  return { id, kind, toKind, attempts: row.attempts + 1, text: textOf(row), receivers, account }
}

/** Packs start silent: an outward act goes out once it was switched on by name. */
async function isSilent(tx: Tx, kind: string): Promise<boolean> {
  const rows = await tx.query<{ on: boolean }>(
    `select state = 'live' and coalesce((outward->>$1)::boolean, false) as on from desk_install`,
    [kind],
  )
  return !rows.some(row => row.on)
}

async function receiversOf(tx: Tx, { to_kind: kind, to_id: id }: OutboxRow): Promise<string[]> {
  const sql =
    kind === 'customer'
      ? 'select external_id as address from customer where id = $1 and external_id is not null'
      : kind === 'staff'
        ? 'select wecom_user as address from staff where id = $1 and wecom_user is not null and active'
        : `select wecom_user as address from staff where $1 = any(roles) and wecom_user is not null and active`
  const rows = await tx.query<{ address: string }>(sql, [id])
  return rows.map(row => row.address)
}

const staffWords: Readonly<Record<string, string>> = {
  assigned: '已派给您',
  message: '客户有新消息',
  notify: '请留意',
  escalated: '已超时，请跟进',
}

function textOf({ body, number }: OutboxRow): string {
  if (body.text !== undefined) return number === null ? body.text : `工单 #${number} ${body.text}`
  return `工单 #${number ?? ''}「${body.node}」${staffWords[body.reason ?? ''] ?? body.reason ?? ''}`
}

async function deliver(deps: Deps, tenant: string, message: Claimed): Promise<void> {
  const client = deps.wecom(message.account)
  try {
    if (message.toKind === 'customer')
      await client.sendKfText({
        ...{ externalUserId: message.receivers[0]!, openKfId: message.account.account },
        ...{ text: message.text, msgId: messageId(message.id) },
      })
    else await client.sendAppText({ toUsers: message.receivers, text: message.text, onceWithinS: 3600 })
    await mark(deps, tenant, { id: message.id, state: 'sent', reason: null })
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    const again = error.retryable && message.attempts < MAX_ATTEMPTS
    await mark(deps, tenant, {
      id: message.id,
      state: again ? 'queued' : 'failed',
      reason: String(error.code),
    })
    // Why: the job fails too, so that its queue waits before the next attempt.
    if (again) throw error
  }
}

function mark(
  deps: Deps,
  tenant: string,
  { id, state, reason }: { id: string; state: string; reason: string | null },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    await tx.query('update outbox set state = $2, reason = $3, sent_at = $4 where id = $1', [
      ...[id, state, reason],
      deps.now(),
    ])
  })
}

/** The id WeCom knows a message by: at most 32 plain characters, the same at every attempt. */
function messageId(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32)
}
