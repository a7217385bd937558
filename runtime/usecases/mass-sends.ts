import { WecomError } from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { CONFIRM_MS, lockCustomer, releaseSends, setTimer } from './gate-sends.ts'
import { deskOf } from './run-command.ts'
import { wecomAccount } from './wecom-account.ts'

/** How often the tasks that members have not confirmed yet are asked about, in business time; older ones less often. */
const POLL_MS = 10 * 60_000
const LATER_POLL_MS = 2 * 3_600_000
const POLL = { id: 'mass', kind: 'mass', ref: {} }
/** How many tasks one look asks about. */
const MAX_TASKS = 200

/** Remembers the task a message became, and looks after it until it is confirmed or given up. */
export async function watchTask(
  deps: Deps,
  tx: Tx,
  { id, task }: { id: string; task: string },
): Promise<void> {
  const at = deps.now() + (await deskOf(tx)).clockOffsetMs
  await tx.query(
    `update outbox set state = 'waiting', reason = null, task = $2, sent_at = $3, reserved_at = $4 where id = $1`,
    [id, task, deps.now(), at],
  )
  await setTimer(tx, { ...POLL, dueAt: at + POLL_MS })
}

/** The poll is due: the asking itself happens outside the transaction. */
export async function pollTasks(tx: Tx, { tenant, at }: { tenant: string; at: number }): Promise<void> {
  const [newest] = await tx.query<{ since: number }>(
    `select reserved_at as since from outbox where state = 'waiting' order by reserved_at desc limit 1`,
  )
  if (!newest) return
  const isYoung = at - newest.since < LATER_POLL_MS
  await setTimer(tx, { ...POLL, dueAt: at + (isYoung ? POLL_MS : LATER_POLL_MS) })
  tx.enqueue('mass', { tenant })
}

/** The reason of a waiting message that shall not be confirmed any more: it comes before the gate again. */
export const RECALLED = 'recalled'

interface Task {
  readonly id: string
  readonly task: string
  readonly external_id: string
  readonly reserved_at: number
  readonly reason: string | null
  readonly to_id: string
}

/**
 * Asks what became of mass-send tasks: confirmed ones count, refused ones are released, and what nobody confirmed within
 * a day is cancelled and then released.
 */
export async function settleTasks(deps: Deps, tenant: string): Promise<number> {
  const { tasks, account, offset } = await deps.store.inTenant(tenant, async tx => ({
    tasks: await tx.query<Task>(
      `select o.id, o.task, c.external_id, o.reserved_at, o.reason, o.to_id from outbox o
       join customer c on c.tenant = o.tenant and c.id = o.to_id
       where o.state = 'waiting' order by o.reserved_at, o.id limit ${MAX_TASKS}`,
    ),
    account: await wecomAccount(tx),
    offset: (await deskOf(tx)).clockOffsetMs,
  }))
  const now = deps.now() + offset
  if (!account) return 0
  const client = deps.wecom(account)
  for (const task of tasks) {
    const isOver = task.reason === RECALLED || now - task.reserved_at >= CONFIRM_MS
    // INVARIANT: a reservation ends only after its task can no longer be confirmed.
    if (isOver && !(await cancelled(() => client.cancelMassSend(task.task)))) continue
    const results = await client.massSendResults(task.task)
    const result = results.find(({ externalUserId }) => externalUserId === task.external_id)
    const status = result?.status ?? 0
    const sentAt = result?.sentAt === undefined ? now : result.sentAt + offset
    if (status === 0 && !isOver) continue
    await deps.store.inTenant(tenant, tx =>
      settle(tx, { tenant, task, status, sentAt: Math.min(sentAt, now) }),
    )
  }
  return tasks.length
}

/** A task that cannot be cancelled because it is already confirmed is as good as cancelled: its results are final. */
async function cancelled(cancel: () => Promise<void>): Promise<boolean> {
  try {
    await cancel()
    return true
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    return !error.retryable
  }
}

const outcomes = {
  0: { state: 'failed', reason: 'unconfirmed' },
  1: { state: 'sent', reason: null },
  2: { state: 'failed', reason: 'not-a-contact' },
  3: { state: 'failed', reason: 'wecom-cap' },
} as const

async function settle(
  tx: Tx,
  { tenant, task, status, sentAt }: { tenant: string; task: Task; status: 0 | 1 | 2 | 3; sentAt: number },
): Promise<void> {
  const isRecalled = status === 0 && task.reason === RECALLED
  const { state, reason } = isRecalled ? { state: 'queued', reason: null } : outcomes[status]
  await lockCustomer(tx, task.to_id)
  const rows = await tx.query(
    `update outbox set state = $2, reason = $3 where id = $1 and state = 'waiting' returning id`,
    [task.id, state, reason],
  )
  if (rows.length === 0) return
  if (status !== 1) await releaseSends(tx, [task.id])
  else
    await tx.query(`update send_ledger set state = 'counted', at = $2, upto = $2 where id = $1`, [
      task.id,
      Math.max(Math.ceil(sentAt), task.reserved_at),
    ])
  // Why: what waited for this reservation may go earlier than it had to fear.
  const waiting = await tx.query<{ id: string }>(
    `update outbox set state = 'queued' where to_kind = 'customer' and to_id = $1 and state = 'deferred' returning id`,
    [task.to_id],
  )
  await releaseSends(
    tx,
    waiting.map(({ id }) => id),
  )
  if (isRecalled || waiting.length > 0) tx.enqueue('outbox', { tenant })
}
