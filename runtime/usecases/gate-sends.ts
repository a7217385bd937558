import type { Purpose } from '#core/blueprint'
import type { Deps } from '../deps.ts'
import { json, type Tx } from '../store/index.ts'
import { deskOf } from './run-command.ts'
import { judgeForDesk, loadSendCases } from './send-case.ts'

/** A message to a customer as the outbox holds it. */
export interface Waiting {
  readonly id: string
  readonly kind: string
  readonly to_id: string
  readonly purpose: Purpose | null
  readonly channel: string | null
  readonly sop: string | null
  /** Whose message it is; null of what was waiting before a desk could have several. */
  readonly pack: string | null
  readonly text: string
}

/** How long a customer may be answered after writing, and how often. */
export const REPLY_WINDOW_MS = 48 * 3_600_000
export const REPLIES_PER_WINDOW = 5
/** How long a member has to confirm a mass-send task; so long its message is reserved. */
export const CONFIRM_MS = 24 * 3_600_000

export type GateAnswer = 'cleared' | 'deferred' | 'dropped' | 'held'

/**
 * The one gate in front of every message to a customer, by the limits of all packs that run. A message that passes counts at once
 * (a reply) or is reserved (a mass-send task); the customer's row is locked, so no two pass at a time.
 */
export async function gateSend(deps: Deps, tx: Tx, waiting: Waiting, at: number): Promise<GateAnswer> {
  const { id, to_id: customer } = waiting
  await lockCustomer(tx, customer)
  const desk = await deskOf(tx)
  const { purpose, channel } = { purpose: waiting.purpose ?? 'service', channel: waiting.channel ?? 'wecom' }
  const message = { purpose, channel, text: waiting.text }
  const { pack, kind } = waiting
  const judgement = judgeForDesk(await loadSendCases(tx, { desk, pack, customer, message, id, at }))
  const way = (await replyWindow(tx, customer, at)).shut === null ? 'reply' : 'mass'
  const verdict = { ...judgement, way, at }
  const first = judgement.reasons[0]?.reason ?? null
  const keep = (state: string, reason: string | null, due: number | null = null) =>
    tx.query(
      `update outbox set state = $2, reason = $3, due_at = $4, verdict = $5, purpose = $6, channel = $7, way = $8,
         cleared_at = $9 where id = $1`,
      [id, state, reason, due, json(verdict), purpose, channel, way, deps.now()],
    )
  await tx.query(`delete from send_ledger where id = $1`, [id])
  const silence = await silenceOf(tx, { pack, kind })
  if (silence !== undefined) return (await keep('held', silence), 'held')
  if (waiting.sop !== null && (await isPaused(tx, waiting.sop))) return (await keep('held', 'paused'), 'held')
  if (judgement.verdict === 'drop') return (await keep('dropped', first), 'dropped')
  if (judgement.verdict === 'defer') {
    await keep('deferred', first, judgement.until)
    await setTimer(tx, {
      id: `send/${id}`,
      kind: 'send',
      dueAt: judgement.until!,
      ref: { send: id, customer },
    })
    return 'deferred'
  }
  await keep('cleared', null)
  await enterLedger(tx, { waiting, purpose, channel, way, at })
  return 'cleared'
}

/** An outward act of a pack; of null, whatever pack it is of. */
export interface OutwardAct {
  readonly pack: string | null
  readonly kind: string
}

/** Packs start silent: an outward act goes out once it was switched on by name. */
export async function isSilent(tx: Tx, act: OutwardAct): Promise<boolean> {
  return (await silenceOf(tx, act)) !== undefined
}

/** Why an outward act does not go out: its pack is in trial, or the act is switched off; undefined when it does. */
export async function silenceOf(tx: Tx, { pack, kind }: OutwardAct): Promise<'trial' | 'off' | undefined> {
  const rows = await tx.query<{ live: boolean; on: boolean }>(
    `select state = 'live' as live, coalesce((outward->>$1)::boolean, false) as on from desk_install
     where $2::text is null or pack = $2`,
    [kind, pack],
  )
  if (rows.some(({ live, on }) => live && on)) return undefined
  return rows.some(({ live }) => live) ? 'off' : 'trial'
}

export async function isPaused(tx: Tx, sop: string): Promise<boolean> {
  return (await tx.query('select 1 as one from sop_pause where sop = $1', [sop])).length > 0
}

/** Takes a message out of the counts, and its timer with it. */
export async function releaseSends(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(`update send_ledger set state = 'released' where id = any($1)`, [ids])
  await tx.query(`delete from timer where id = any($1)`, [ids.map(id => `send/${id}`)])
}

/** A message that may have gone out, nobody can say when: it counts for as long as it may have. */
export async function countUncertain(tx: Tx, id: string): Promise<void> {
  await tx.query(`update outbox set state = 'failed', reason = 'uncertain' where id = $1`, [id])
  await tx.query(`update send_ledger set state = 'counted' where id = $1`, [id])
}

/** Locks the customer's row: whatever decides about a customer's messages takes turns. */
export async function lockCustomer(tx: Tx, customer: string): Promise<void> {
  await tx.query('select id from customer where id = $1 for update', [customer])
}

/** A timer beside the tickets'; the same id again moves it. */
export async function setTimer(
  tx: Tx,
  { id, kind, dueAt, ref }: { id: string; kind: string; dueAt: number; ref: object },
): Promise<void> {
  await tx.query(
    `insert into timer (tenant, id, due_at, kind, ref)
     values (current_setting('app.tenant'), $1, $2, $3, $4)
     on conflict (tenant, id) do update set due_at = excluded.due_at, ref = excluded.ref`,
    [id, Math.ceil(dueAt), kind, json(ref)],
  )
}

/** Whether a customer may be answered: they wrote lately (`shut` is `window` where not) and were not answered too often since (`used-up`). */
export interface ReplyWindow {
  readonly shut: 'window' | 'used-up' | null
  /** How many messages it still takes, and until when (the desk's time). */
  readonly left: number
  readonly until: number | null
}

export async function replyWindow(tx: Tx, customer: string, at: number): Promise<ReplyWindow> {
  const [window] = await tx.query<{ wrote_at: number; sent: number }>(
    'select wrote_at, sent from reply_window where customer_id = $1',
    [customer],
  )
  if (!window || at - window.wrote_at >= REPLY_WINDOW_MS) return { shut: 'window', left: 0, until: null }
  const left = Math.max(REPLIES_PER_WINDOW - window.sent, 0)
  return { shut: left === 0 ? 'used-up' : null, left, until: window.wrote_at + REPLY_WINDOW_MS }
}

async function enterLedger(
  tx: Tx,
  {
    waiting,
    purpose,
    channel,
    way,
    at,
  }: { waiting: Waiting; purpose: string; channel: string; way: 'reply' | 'mass'; at: number },
): Promise<void> {
  const isReply = way === 'reply'
  await tx.query(
    `insert into send_ledger (tenant, id, customer_id, purpose, channel, sop, state, at, upto)
     values (current_setting('app.tenant'), $1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[waiting.id, waiting.to_id, purpose, channel, waiting.sop],
      ...[isReply ? 'counted' : 'reserved', at, isReply ? at : at + CONFIRM_MS],
    ],
  )
  if (isReply)
    await tx.query('update reply_window set sent = sent + 1 where customer_id = $1', [waiting.to_id])
}
