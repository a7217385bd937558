import type { Decision, Effect, TicketEvent, TicketState } from '#core/desk'
import { json } from './index.ts'
import { postSettlements } from './post-settlements.ts'
import { nextNumber } from './ticket-rows.ts'
import type { Tx } from './transaction.ts'

/** A decision to keep, and what the rows beside the ticket need. */
export interface Commit {
  readonly tenant: string
  /** The pack whose ticket it is. */
  readonly pack: string
  readonly blueprintHash: string
  readonly decision: Decision
  readonly at: number
  /** The ticket did not exist before. */
  readonly isNew: boolean
  readonly link?: NoticeLink | undefined
}

/** The customer's link, which notices of these nodes bring with them. */
export interface NoticeLink {
  readonly nodes: readonly string[]
  readonly url: string
}

/**
 * Writes snapshot, events, timers, messages to send and jobs: all of a decision, in the transaction that locked the
 * ticket. Jobs: `outbox` when there is something to send, `dispatch` when somebody came free, `timers` when one is due.
 */
export async function commitDecision(tx: Tx, commit: Commit): Promise<void> {
  const { decision, tenant, at } = commit
  await (commit.isNew ? insertTicket(tx, commit) : updateTicket(tx, commit))
  await insertEvents(tx, tenant, decision)
  await replaceTimers(tx, tenant, decision.state)
  await postSettlements(tx, commit)
  if ((await insertRuns(tx, commit)) > 0) tx.enqueue('actions', { tenant })
  const sends = await insertOutbox(tx, commit)
  if (sends > 0) tx.enqueue('outbox', { tenant })
  if (decision.effects.some(({ effect }) => effect === 'dispatch')) tx.enqueue('dispatch', { tenant })
  if (decision.state.timers.some(timer => timer.dueAt <= at)) tx.enqueue('timers', { tenant })
}

async function insertTicket(tx: Tx, { tenant, blueprintHash, decision, at }: Commit): Promise<void> {
  const { state } = decision
  const number = await nextNumber(tx, tenant, 'ticket')
  await tx.query(
    `insert into ticket (tenant, id, number, kind, blueprint_hash, customer_id, status, outcome, nodes, assignee,
       team, priority, due_at, seq, state, opened_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      tenant,
      state.id,
      number,
      state.kind,
      blueprintHash,
      state.customer,
      ...columnsOf(state),
      state.openedAt,
      at,
    ],
  )
}

async function updateTicket(tx: Tx, { blueprintHash, decision: { state }, at }: Commit): Promise<void> {
  await tx.query(
    `update ticket set status = $2, outcome = $3, nodes = $4, assignee = $5, team = $6, priority = $7, due_at = $8,
       seq = $9, state = $10, updated_at = $11, blueprint_hash = $12 where id = $1`,
    [state.id, ...columnsOf(state), at, blueprintHash],
  )
}

/** What the queue filters on. */
function columnsOf(state: TicketState): unknown[] {
  const tokens = Object.values(state.tokens)
  const dues = tokens.flatMap(token => token.clocks.flatMap(clock => clock.dueAt ?? []))
  return [
    state.closedAt === null ? 'open' : 'closed',
    state.outcome,
    Object.keys(state.tokens),
    tokens.find(token => token.assignee !== null)?.assignee ?? null,
    tokens.find(token => token.team !== null)?.team ?? null,
    state.priority,
    dues.length > 0 ? Math.min(...dues) : null,
    state.seq,
    json(state),
  ]
}

async function insertEvents(tx: Tx, tenant: string, { state, events }: Decision): Promise<void> {
  const rows = events.map(rowOf)
  await tx.query(
    `insert into ticket_event (tenant, ticket_id, seq, at, actor, kind, data, trace)
     select $1, $2, e.seq, e.at, e.actor, e.kind, e.data, e.trace
     from jsonb_to_recordset($3) as e(seq int, at bigint, actor jsonb, kind text, data jsonb, trace jsonb)`,
    [tenant, state.id, json(rows)],
  )
}

function rowOf({ seq, at, actor, happened, trace }: TicketEvent) {
  const { kind, ...data } = happened
  return { seq, at, actor, kind, data, trace: trace ?? null }
}

async function replaceTimers(tx: Tx, tenant: string, state: TicketState): Promise<void> {
  await tx.query('delete from timer where ticket_id = $1', [state.id])
  if (state.timers.length === 0) return
  await tx.query(
    `insert into timer (tenant, id, ticket_id, due_at, kind, ref, generation)
     select $1, $2 || '/' || t.id, $2, t.due_at, t.kind, t.ref, 0
     from jsonb_to_recordset($3) as t(id text, due_at bigint, kind text, ref jsonb)`,
    [
      tenant,
      state.id,
      json(
        state.timers.map(timer => ({
          id: timer.id,
          due_at: timer.dueAt,
          kind: timer.kind,
          ref: { timer: timer.id },
        })),
      ),
    ],
  )
}

/** Runs to be made; the id says which visit of which node, so that one commit makes one run. */
async function insertRuns(tx: Tx, { tenant, decision: { state, effects }, at }: Commit): Promise<number> {
  const runs = effects.filter(effect => effect.effect === 'run-action')
  for (const { node, visit, action, input, key } of runs)
    await tx.query(
      `insert into action_run (tenant, id, ticket_id, node, visit, action, input, key, state, created_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', $9, $9)`,
      [tenant, `${state.id}/${node}#${visit}`, state.id, node, visit, action, json(input), key, at],
    )
  return runs.length
}

/**
 * One row per receiver; its id, from ticket and event number, is the key that keeps a retry from sending twice. A notice that says
 * the same as an earlier one to the same person is told apart by which it is (`nth`): WeCom, which knows a notice by its text
 * alone, drops one that it had within the hour.
 */
async function insertOutbox(tx: Tx, { tenant, pack, decision, at, link }: Commit): Promise<number> {
  const { state, effects } = decision
  const rows = effects.flatMap((effect, index) =>
    receiversOf(effect, state).map(({ kind, id }) => ({
      id: `${state.id}.${state.seq}.${index}.${kind}.${id}`,
      ...{ kind: effect.effect, to_kind: kind, to_id: id, body: withLink(effect, link) },
    })),
  )
  if (rows.length === 0) return 0
  await tx.query(
    `insert into outbox (tenant, id, kind, to_kind, to_id, ticket_id, body, state, created_at, pack)
     select $1, o.id, o.kind, o.to_kind, o.to_id, $2,
       case when before.count > 0 then o.body || jsonb_build_object('nth', before.count + 1) else o.body end, 'queued', $4, $5
     from jsonb_to_recordset($3) as o(id text, kind text, to_kind text, to_id text, body jsonb)
     cross join lateral (select count(*) from outbox b where o.to_kind <> 'customer' and b.ticket_id = $2
       and b.kind = o.kind and b.to_id = o.to_id and b.body->'node' = o.body->'node' and b.body->'reason' = o.body->'reason') before`,
    [tenant, state.id, json(rows), at, pack],
  )
  return rows.length
}

function withLink(effect: Effect, link: NoticeLink | undefined): Effect & { readonly link?: string } {
  const isNotice = effect.effect === 'notify-customer' && effect.said === undefined
  const brings = link && isNotice && link.nodes.includes(effect.node)
  return brings ? { ...effect, link: link.url } : effect
}

function receiversOf(effect: Effect, state: TicketState): { kind: string; id: string }[] {
  if (effect.effect === 'notify-staff') return effect.staff.map(id => ({ kind: 'staff', id }))
  if (effect.effect === 'notify-admin') return [{ kind: 'admin', id: 'admin' }]
  if (effect.effect === 'notify-customer' && state.customer !== null)
    return [{ kind: 'customer', id: state.customer }]
  return []
}
