import { explainJudgement, type Judgement } from '#core/limit'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { notFound } from './problem.ts'
import { deskOf } from './run-command.ts'

/** A message to a customer with what became of it and why. */
export interface SendView {
  readonly id: string
  readonly at: number
  readonly text: string | null
  readonly purpose: string | null
  readonly channel: string | null
  readonly sop: string | null
  readonly ticket: string | null
  /** queued, cleared, sending, sent, waiting (for a member), deferred, dropped, held or failed. */
  readonly state: string
  readonly reason: string | null
  /** When a deferred message is judged again. */
  readonly due: number | null
  readonly verdict: (Judgement & { readonly way: 'reply' | 'mass'; readonly at: number }) | null
  /** The reasons in words. */
  readonly why: { readonly zh: readonly string[]; readonly en: readonly string[] }
}

const MAX_SENDS = 200

/** A customer's messages, newest first, each with the gate's reasons. */
export function listSends(deps: Deps, tenant: string, customer: string): Promise<SendView[]> {
  return deps.store.snapshot(tenant, async tx => {
    const desk = await deskOf(tx)
    const rows = await tx.query<Omit<SendView, 'why'>>(
      `select id, created_at as at, body->>'text' as text, purpose, channel, sop, ticket_id as ticket, state, reason,
         due_at as due, verdict
       from outbox where to_kind = 'customer' and to_id = $1 order by created_at desc, id limit ${MAX_SENDS}`,
      [customer],
    )
    const { zone } = wholeDesk(desk)!.pack
    return rows.map(row => ({ ...row, why: explainJudgement(row.verdict ?? { reasons: [] }, zone) }))
  })
}

export interface SopView {
  readonly sop: string
  readonly running: number
  readonly reached: number
  readonly ended: number
  readonly paused: { readonly at: number; readonly reason: unknown } | null
}

/** Every SOP that ran or is paused, with how its customers fared. */
export function listSops(deps: Deps, tenant: string): Promise<SopView[]> {
  return deps.store.snapshot(tenant, async tx => {
    const rows = await tx.query<{ sop: string; running: number; reached: number; ended: number }>(
      `select sop, count(*) filter (where status in ('running', 'watching'))::int as running,
         count(*) filter (where status = 'reached')::int as reached,
         count(*) filter (where status in ('done', 'stopped'))::int as ended
       from enrolment group by sop order by sop`,
    )
    const paused = await tx.query<{ sop: string; at: number; reason: unknown }>(
      'select sop, at, reason from sop_pause',
    )
    return rows.map(row => {
      const pause = paused.find(({ sop }) => sop === row.sop)
      return { ...row, paused: pause ? { at: pause.at, reason: pause.reason } : null }
    })
  })
}

export interface TodoView {
  readonly id: string
  readonly text: string
  readonly role: string
  readonly assignee: string | null
  readonly customer: string
  readonly due: number
  readonly state: string
}

/** The to-dos that SOPs made and nobody has done yet. */
export function listTodos(deps: Deps, tenant: string): Promise<TodoView[]> {
  return deps.store.snapshot(tenant, tx =>
    tx.query<TodoView>(
      `select id, text, role, assignee, customer_id as customer, due_at as due, state from todo
       where state <> 'done' order by due_at, id limit ${MAX_SENDS}`,
    ),
  )
}

/** Somebody did it. Throws Problem. */
export function finishTodo(deps: Deps, tenant: string, id: string): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query(
      `update todo set state = 'done', done_at = $2 where id = $1 and state <> 'done' returning id`,
      [id, deps.now()],
    )
    if (rows.length === 0) throw notFound()
    await tx.query('delete from timer where id = $1', [`todo/${id}`])
  })
}
