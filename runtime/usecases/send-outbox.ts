import { createHash } from 'node:crypto'
import { KF_COUNT_LIMIT, KF_TIME_LIMIT, NO_ANSWER, NO_RECEIVER, WecomError } from '../channels/wecom/index.ts'
import type { Purpose } from '#core/blueprint'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import {
  countUncertain,
  gateSend,
  isPaused,
  lockCustomer,
  releaseSends,
  REPLIES_PER_WINDOW,
  silenceOf,
} from './gate-sends.ts'
import { watchTask } from './mass-sends.ts'
import { deskOf } from './run-command.ts'
import { wecomAccount, type ConnectedAccount } from './wecom-account.ts'

/** A row that a crash left half sent is taken up again after so long; the receiver's side drops the repeat. */
const STUCK_MS = 60_000
const MAX_ATTEMPTS = 5
/** What the gate let through but nobody sent for so long (real time) is judged again. */
const STALE_MS = 10 * 60_000

interface Claimed {
  readonly id: string
  readonly toKind: 'customer' | 'staff' | 'admin'
  readonly toId: string
  readonly way: 'reply' | 'mass'
  readonly attempts: number
  readonly text: string
  readonly receivers: readonly string[]
  readonly account: ConnectedAccount
}

/** Sends what a desk has to say, one message after the other; each is judged, claimed, sent, and marked in turn. */
export async function sendOutbox(deps: Deps, tenant: string): Promise<number> {
  for (let sent = 0; ;) {
    const next = await deps.store.inTenant(tenant, tx => claimNext(deps, tx))
    if (next === undefined) return sent
    const { claimed, ticket } = next
    if (claimed !== 'held') {
      await deliver(deps, tenant, claimed)
      sent++
    }
    // Why: whoever looks at the ticket sees what became of its notices.
    if (ticket !== null) deps.bus.publish({ desk: tenant, kind: 'ticket', ...ticket })
  }
}

export interface MessageBody {
  readonly text?: string
  readonly reason?: string
  readonly node: string
  /** Of an answer by staff: the number of its event in the ticket. */
  readonly said?: number
  /** The how many-th notice of these words to this person it is, from the second on. */
  readonly nth?: number
  /** The customer's own link. Why apart: what is no word is not for the gate to read. */
  readonly link?: string
}

interface OutboxRow {
  readonly id: string
  readonly kind: string
  readonly to_kind: Claimed['toKind']
  readonly to_id: string
  readonly body: MessageBody
  readonly state: string
  readonly attempts: number
  readonly ticket: string | null
  readonly seq: number | null
  readonly number: number | null
  readonly purpose: Purpose | null
  readonly channel: string | null
  readonly sop: string | null
  readonly pack: string | null
  readonly way: Claimed['way'] | null
  readonly cleared_at: number | null
}

const COLUMNS = `o.id, o.kind, o.to_kind, o.to_id, o.body, o.state, o.attempts, t.id as ticket, t.seq, t.number, o.purpose, o.channel, o.sop,
  o.pack, o.way, o.cleared_at`
const READY = `(o.state in ('queued', 'cleared') or (o.state = 'sending' and o.sent_at < $1))`

/** The oldest message that is ready. A customer's row is locked before the message's, as everywhere. */
async function claimNext(
  deps: Deps,
  tx: Tx,
): Promise<{ claimed: Claimed | 'held'; ticket: { id: string; seq: number } | null } | undefined> {
  const now = deps.now()
  const [seen] = await tx.query<{ id: string; to_kind: string; to_id: string }>(
    `select o.id, o.to_kind, o.to_id from outbox o where ${READY} order by o.created_at, o.id limit 1`,
    [now - STUCK_MS],
  )
  if (!seen) return undefined
  if (seen.to_kind === 'customer') await lockCustomer(tx, seen.to_id)
  const [row] = await tx.query<OutboxRow>(
    `select ${COLUMNS} from outbox o left join ticket t on t.tenant = o.tenant and t.id = o.ticket_id
     where ${READY} and o.id = $2 for update of o`,
    [now - STUCK_MS, seen.id],
  )
  if (!row) return { claimed: 'held', ticket: null }
  const ticket = row.to_kind === 'customer' && row.ticket !== null ? { id: row.ticket, seq: row.seq! } : null
  return { claimed: await claim(deps, tx, row), ticket }
}

async function claim(deps: Deps, tx: Tx, row: OutboxRow): Promise<Claimed | 'held'> {
  const account = await wecomAccount(tx)
  const reason = (await silenceOf(tx, row)) ?? (account ? undefined : 'no-channel')
  const receivers = reason === undefined ? await receiversOf(tx, row) : []
  if (row.to_kind !== 'customer' || row.state !== 'sending') {
    const why = reason ?? (receivers.length === 0 ? 'no-address' : undefined)
    if (why !== undefined) return hold(tx, row.id, why)
  }
  if (!account) return hold(tx, row.id, 'no-channel')
  const way = row.to_kind === 'customer' ? await passGate(deps, tx, row) : 'reply'
  if (way === 'held') return 'held'
  await tx.query(`update outbox set state = 'sending', attempts = attempts + 1, sent_at = $2 where id = $1`, [
    row.id,
    deps.now(),
  ])
  const { id, to_kind: toKind, to_id: toId } = row
  const text = sentText(row)
  return { id, toKind, toId, way, attempts: row.attempts + 1, text, receivers, account }
}

async function hold(tx: Tx, id: string, reason: string): Promise<'held'> {
  await releaseSends(tx, [id])
  await tx.query(`update outbox set state = 'held', reason = $2 where id = $1`, [id, reason])
  return 'held'
}

/** INVARIANT: no message to a customer is sent unless the gate let it through; yields the way it may go. */
async function passGate(deps: Deps, tx: Tx, row: OutboxRow): Promise<Claimed['way'] | 'held'> {
  if (row.state === 'sending') {
    // Why: a mass-send task has no key that would keep a second one from being made; it may exist, so it stays counted.
    if (row.way !== 'mass') return 'reply'
    await countUncertain(tx, row.id)
    return 'held'
  }
  // Why: a reply that was tried may have arrived; only the same way again is known to be harmless.
  const isRecent = row.attempts > 0 || deps.now() - (row.cleared_at ?? 0) < STALE_MS
  const isFresh = row.state === 'cleared' && isRecent
  if (isFresh && row.way && !(row.sop !== null && (await isPaused(tx, row.sop)))) return row.way
  const at = deps.now() + (await deskOf(tx)).clockOffsetMs
  const answer = await gateSend(deps, tx, { ...row, text: messageText(row) }, at)
  if (answer !== 'cleared') return 'held'
  const [cleared] = await tx.query<{ way: Claimed['way'] }>('select way from outbox where id = $1', [row.id])
  return cleared!.way
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
  noted: '有新的内部备注',
  escalated: '已超时，请跟进',
}

/** What a row of the outbox says, to whoever gets it. */
export function messageText({ body, number }: Pick<OutboxRow, 'body' | 'number'>): string {
  const { text, node, reason = '', nth, said } = body
  // What a person wrote goes as it was written.
  if (text !== undefined) return number === null || said !== undefined ? text : `工单 #${number} ${text}`
  const again = nth === undefined ? '' : `（第 ${nth} 次）`
  return `工单 #${number ?? ''}「${node}」${staffWords[reason] ?? reason}${again}`
}

/** What goes out of a row: what it says, and the link it brings. */
export function sentText(row: Pick<OutboxRow, 'body' | 'number'>): string {
  return [messageText(row), row.body.link].filter(part => part !== undefined).join(' ')
}

async function deliver(deps: Deps, tenant: string, message: Claimed): Promise<void> {
  try {
    if (message.toKind === 'customer' && message.way === 'mass')
      return await createTask(deps, tenant, message)
    await sendNow(deps, message)
    await mark(deps, tenant, { id: message.id, state: 'sent', reason: null })
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    if (error.code === NO_RECEIVER) return await refusedByWecom(deps, tenant, message)
    await failed(deps, tenant, { message, error })
  }
}

async function sendNow(deps: Deps, message: Claimed): Promise<void> {
  const client = deps.wecom(message.account)
  if (message.toKind === 'customer')
    await client.sendKfText({
      ...{ externalUserId: message.receivers[0]!, openKfId: message.account.account },
      ...{ text: message.text, msgId: messageId(message.id) },
    })
  // Why once: what a crash left half sent is sent again, and its text is all that WeCom knows it by.
  else await client.sendAppText({ toUsers: message.receivers, text: message.text, onceWithinS: 3600 })
}

/** Outside the reply window a member has to confirm: a task is made and watched. */
async function createTask(deps: Deps, tenant: string, message: Claimed): Promise<void> {
  const [externalUserId] = message.receivers
  const request = { externalUserIds: [externalUserId!], text: message.text }
  const { task, refused } = await deps.wecom(message.account).createMassSend(request)
  if (refused.includes(externalUserId!)) return refusedByWecom(deps, tenant, message)
  await deps.store.inTenant(tenant, tx => watchTask(deps, tx, { id: message.id, task }))
}

/** No member has the customer as a contact: nothing went out, nothing counts. */
function refusedByWecom(deps: Deps, tenant: string, { id }: Claimed): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    await releaseSends(tx, [id])
    await tx.query(`update outbox set state = 'failed', reason = 'not-a-contact' where id = $1`, [id])
  })
}

/** Busy: again later. Reply window shut: to the gate again, by the other way. Anything else: not sent, not counted. */
async function failed(
  deps: Deps,
  tenant: string,
  { message, error }: { message: Claimed; error: WecomError },
): Promise<void> {
  const { id, way, toKind, toId } = message
  const isShut = error.code === KF_COUNT_LIMIT || error.code === KF_TIME_LIMIT
  if (toKind === 'customer' && isShut && message.attempts < MAX_ATTEMPTS) {
    await deps.store.inTenant(tenant, async tx => {
      await lockCustomer(tx, toId)
      await tx.query('update reply_window set sent = $2 where customer_id = $1', [toId, REPLIES_PER_WINDOW])
      await releaseSends(tx, [id])
      await tx.query(`update outbox set state = 'queued', reason = $2 where id = $1`, [
        id,
        String(error.code),
      ])
    })
    return
  }
  // Why: -1001 and below say that the effect may have happened.
  const isUncertain = toKind === 'customer' && way === 'mass' && error.code <= NO_ANSWER
  if (isUncertain) return deps.store.inTenant(tenant, tx => countUncertain(tx, id))
  const again = error.retryable && message.attempts < MAX_ATTEMPTS
  const state = again ? (toKind === 'customer' ? 'cleared' : 'queued') : 'failed'
  await mark(deps, tenant, { id, state, reason: String(error.code) })
  if (!error.retryable) await deps.store.inTenant(tenant, tx => releaseSends(tx, [id]))
  // Why: the job fails too, so that its queue waits before the next attempt.
  if (again) throw error
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
export function messageId(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32)
}
