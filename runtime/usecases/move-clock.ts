import { setTimeout } from 'node:timers/promises'
import type { Deps } from '../deps.ts'
import { fireTimers } from './fire-timers.ts'
import { notFound, Problem } from './problem.ts'
import { loadDesk } from '../store/load-desk.ts'

/** How far one move may go: a year. */
const MAX_MOVE_MS = 366 * 24 * 3_600_000

/** Moves a demo desk's time forward; everything due on the way fires first, each at its own time. Throws Problem. */
export async function moveClock(
  deps: Deps,
  tenant: string,
  byMs: number,
): Promise<{ now: number; fired: number }> {
  if (!Number.isSafeInteger(byMs) || byMs < 0 || byMs > MAX_MOVE_MS) throw new Problem('clock-backwards', 422)
  const target = await deps.store.inTenant(tenant, async tx => {
    const desk = await loadDesk(tx)
    if (!desk) throw notFound()
    if (!desk.demo) throw new Problem('demo-only', 403)
    return deps.now() + desk.clockOffsetMs + byMs
  })
  const fired = await fireAll(deps, tenant, target)
  await deps.store.inTenant(tenant, async tx => {
    await tx.query('update desk set clock_offset_ms = $1', [target - deps.now()])
    // Why: jobs that ran on the way still saw the old time.
    for (const queue of ['mass', 'outbox']) tx.enqueue(queue, { tenant })
    tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'desk', id: tenant, seq: 0 }))
  })
  return { now: target, fired }
}

/** How often a ticket that somebody else is working on is waited for, and how long each time. */
const MAX_WAITS = 200
const WAIT_MS = 25

/** Fires until nothing of a ticket is left due: a ticket in other hands is passed over first and comes back. */
async function fireAll(deps: Deps, tenant: string, target: number): Promise<number> {
  let fired = 0
  for (let waits = 0; waits < MAX_WAITS; waits++) {
    fired += await fireTimers(deps, tenant, target)
    const left = await deps.store.inTenant(tenant, tx =>
      tx.query('select id from timer where ticket_id is not null and due_at <= $1 limit 1', [target]),
    )
    if (left.length === 0) break
    await setTimeout(WAIT_MS)
  }
  return fired
}
