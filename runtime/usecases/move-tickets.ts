import { decide, isRefusal, mappingFor, movedForm, planMove, type Move } from '#core/desk'
import type { Deps } from '../deps.ts'
import { commitDecision } from '../store/commit-decision.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint, loadDesk, type DeskPack, type DeskRow, type PackVersion } from '../store/load-desk.ts'
import { loadFacts } from '../store/load-facts.ts'
import { listMoves, settleMove, takePending, type MoveDetail, type MoveState } from '../store/ticket-moves.ts'
import { findTicket } from '../store/ticket-rows.ts'

const mover = { kind: 'system', id: 'migration' } as const

/** How many tickets one transaction moves: few, since on the embedded database everybody else waits meanwhile. */
const BATCH = 5
/** Tickets that somebody works on are tried again after so long. */
const BUSY_MS = 1_000
/** Longer than a transaction may last: what was being opened under the old version when the new one came is there by then. */
const LATE_MS = 10_000

/** Lists what is in flight for a version that was just appended, and has it moved once that is committed. */
export async function startMoves(tx: Tx, tenant: string, serving: PackVersion): Promise<void> {
  if (Object.keys(serving.blueprint.migrations).length === 0) return
  const { seq } = serving
  await listMoves(tx, tenant, serving)
  tx.enqueue('moves', { tenant, seq })
  tx.enqueue('moves', { tenant, seq }, { startAfter: new Date(Date.now() + LATE_MS) })
}

/**
 * Moves the tickets in flight to the newest versions of their packs, a few per transaction, each with its event and what became of it
 * in the same one; so a crash loses nothing and nothing moves twice. With the number of a version just published, tickets
 * that were not there yet when it was are listed first. Yields how many were looked at.
 */
export async function moveTickets(deps: Deps, tenant: string, published?: number): Promise<number> {
  await deps.store.inTenant(tenant, async tx => {
    const newest = (await loadDesk(tx))?.packs.find(({ seq }) => seq === published)
    if (newest) await listMoves(tx, tenant, newest)
  })
  for (let looked = 0; ;) {
    const batch = await deps.store.inTenant(tenant, tx => moveBatch(deps, tx, tenant))
    if (batch === 0) return looked
    looked += batch
  }
}

async function moveBatch(deps: Deps, tx: Tx, tenant: string): Promise<number> {
  // Why: two batches at once might each hold a record that the other's tickets are about.
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`moves ${tenant}`])
  const desk = await loadDesk(tx)
  if (!desk) return 0
  const tickets = await moveSome(deps, tx, { tenant, desk })
  if (tickets.length === 0) await waitForBusy(tx, tenant, desk.packs)
  else tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'desk', id: tenant, seq: 0 }))
  return tickets.length
}

/** The next tickets of the first pack that has any to be moved. */
async function moveSome(deps: Deps, tx: Tx, { tenant, desk }: Omit<OneTicket, 'serving' | 'ticket'>) {
  for (const serving of desk.packs) {
    const tickets = await takePending(tx, serving.seq, BATCH)
    for (const ticket of tickets) {
      const settled = await moveTicket(deps, tx, { tenant, desk, serving, ticket })
      await settleMove(tx, { seq: serving.seq, ticket }, settled)
    }
    if (tickets.length > 0) return tickets
  }
  return []
}

interface OneTicket {
  readonly tenant: string
  readonly desk: DeskRow
  readonly serving: PackVersion
  readonly ticket: string
}

async function moveTicket(
  deps: Deps,
  tx: Tx,
  { tenant, desk, serving, ticket }: OneTicket,
): Promise<{ state: MoveState; detail?: MoveDetail }> {
  const row = (await findTicket(tx, ticket))!
  const [before, after] = [await loadBlueprint(tx, row.blueprintHash), serving.blueprint]
  const mapping = mappingFor(after, before)
  if (!mapping || row.blueprintHash === serving.hash) return { state: 'superseded' }
  const move = planMove({ before, after, mapping }, row.state)
  if (move.move !== 'auto') return settledAs(move)
  const about = { id: ticket, ...movedForm({ before, after, mapping }, row.state) }
  const facts = await loadFacts(tx, { blueprint: after, desk, about })
  const at = deps.now() + desk.clockOffsetMs
  const question = { blueprint: after, newest: after, state: row.state, at, facts }
  const asker = { actor: mover, roles: [] }
  const decision = decide({ ...question, asker }, { command: 'migrate', before, mapping })
  if (isRefusal(decision))
    throw new Error(`the plan says that ${ticket} moves, the engine ${decision.refused}`)
  const pack = after.pack.name
  await commitDecision(tx, { tenant, pack, blueprintHash: serving.hash, decision, at, isNew: false })
  const { seq } = decision.state
  tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'ticket', id: ticket, seq }))
  return { state: 'moved' }
}

function settledAs(move: Exclude<Move, { move: 'auto' }>): { state: MoveState; detail: MoveDetail } {
  if (move.move === 'needs-mapping') return { state: 'unmapped', detail: { missing: move.missing } }
  const state = move.because === 'running-action' ? 'waiting' : 'stays'
  return { state, detail: { because: move.because } }
}

async function waitForBusy(tx: Tx, tenant: string, packs: readonly DeskPack[]): Promise<void> {
  const [busy] = await tx.query(
    `select 1 from ticket_move where seq = any($1) and state = 'pending' limit 1`,
    [packs.map(({ seq }) => seq)],
  )
  if (busy) tx.enqueue('moves', { tenant }, { startAfter: new Date(Date.now() + BUSY_MS) })
}
