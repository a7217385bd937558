import { isRefusal } from '#core/desk'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { fireReach, type ReachTimer } from './fire-reach.ts'
import { runCommand } from './run-command.ts'

/** The desk's own clock, as the actor of what time does. */
const clock = { kind: 'system', id: 'clock' } as const

/** Fires everything that is due on a desk, in order, each at its own instant; yields how many fired. */
export async function fireTimers(deps: Deps, tenant: string, until?: number): Promise<number> {
  for (let fired = 0; ; fired++) {
    const more = await deps.store.inTenant(tenant, tx => fireNext(deps, tx, { tenant, until }))
    if (!more) return fired
  }
}

/** Desks on which something is due now. */
export async function desksWithDueTimers(deps: Deps): Promise<string[]> {
  const rows = await deps.store.asOwner(tx =>
    tx.query<{ tenant: string }>(
      `select distinct t.tenant from timer t join desk d on d.tenant = t.tenant
       where t.due_at <= $1 + d.clock_offset_ms`,
      [deps.now()],
    ),
  )
  return rows.map(({ tenant }) => tenant)
}

/**
 * Takes the earliest due timer. The row it is about (ticket or customer) is locked before the timer is touched, as every
 * command does, and its state says whether the timer still stands, so two processes fire it once.
 */
async function fireNext(
  deps: Deps,
  tx: Tx,
  { tenant, until }: { tenant: string; until: number | undefined },
): Promise<boolean> {
  const desk = await loadDesk(tx)
  if (!desk || desk.packs.length === 0) return false
  const now = until ?? deps.now() + desk.clockOffsetMs
  const [ofTicket] = await tx.query<{ ticket_id: string; due_at: number; timer: string }>(
    `select m.ticket_id, m.due_at, m.ref->>'timer' as timer
     from timer m join ticket t on t.tenant = m.tenant and t.id = m.ticket_id
     where m.due_at <= $1 order by m.due_at, m.id limit 1 for update of t skip locked`,
    [now],
  )
  const [other] = await tx.query<ReachTimer>(
    `select m.id, m.due_at, m.kind, m.ref from timer m
     where m.ticket_id is null and m.due_at <= $1
       and not (m.kind = 'sop' and exists (select 1 from sop_pause p where p.sop = m.ref->>'sop'))
     order by m.due_at, m.id limit 1`,
    [now],
  )
  if (other && (!ofTicket || other.due_at < ofTicket.due_at)) {
    await fireReach(deps, tx, { tenant, desk }, other)
    return true
  }
  if (!ofTicket) return false
  await fireTicket(deps, tx, { tenant, next: ofTicket })
  return true
}

async function fireTicket(
  deps: Deps,
  tx: Tx,
  { tenant, next }: { tenant: string; next: { ticket_id: string; due_at: number; timer: string } },
): Promise<void> {
  const command = { command: 'due', timer: next.timer } as const
  const request = { tenant, ticket: next.ticket_id, who: clock, command, at: next.due_at }
  const answer = await runCommand(deps, tx, request)
  if (isRefusal(answer))
    await tx.query(`delete from timer where ticket_id = $1 and ref->>'timer' = $2`, [
      next.ticket_id,
      next.timer,
    ])
}
