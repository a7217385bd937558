import { namesIn, type Blueprint } from '#core/blueprint'
import { FAULT, rightOn, type Person, type TicketState } from '#core/desk'
import type { FieldValues } from '#core/form'
import type { ActionRunReply, RunAgainReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { newestFor, packOf } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { silenceOf } from './gate-sends.ts'
import { notFound, Problem } from './problem.ts'
import { deskOf } from './run-command.ts'

const MAX_RUNS = 200

interface RunRow extends Omit<ActionRunReply, 'hidden' | 'heldBy' | 'serves'> {
  readonly hash: string
  readonly kind: string
}

/** Whether a ticket `t` still waits for a run `r`. */
export const AWAITED = `t.status = 'open' and (t.state->'tokens'->r.node->>'visit')::int = r.visit`

/** The desk's number of the version that a ticket `t` is under. */
const VERSION = '(select max(v.seq) from desk_version v where v.blueprint_hash = t.blueprint_hash)'

/** Which runs are asked for. */
export interface RunFilter {
  readonly action?: string | undefined
  /** Those that ended in a fault, or failed and will be tried again. */
  readonly failed: boolean
}

/**
 * The newest runs of actions that a filter lets through, with what went in, what came of it and what it took. Whoever may not read a field of the form
 * is shown neither the inputs that were made of it nor what the action said about them.
 */
export function listActionRuns(
  deps: Deps,
  {
    tenant,
    roles,
    filter = { failed: false },
  }: { readonly tenant: string; readonly roles: readonly string[]; readonly filter?: RunFilter },
): Promise<ActionRunReply[]> {
  return deps.store.snapshot(tenant, async tx => {
    const desk = await deskOf(tx)
    const rows = await tx.query<RunRow>(
      `select r.id, r.ticket_id as ticket, r.node, r.action, r.state, r.attempts, r.input, r.outcome, r.output,
         r.detail, r.stack, r.log, r.meters, r.created_at as at, r.changed_at as "changedAt",
         t.blueprint_hash as hash, t.kind, t.number, ${VERSION} as version,
         ${AWAITED} as waits
       from action_run r join ticket t on t.tenant = r.tenant and t.id = r.ticket_id
       where ($1::text is null or r.action = $1)
         and (not $2 or r.outcome = $3 or (r.state = 'waiting' and r.detail is not null))
       order by r.created_at desc, r.id limit ${MAX_RUNS}`,
      [filter.action ?? null, filter.failed, FAULT],
    )
    const person: Person = { kind: 'staff', roles }
    const replies: ActionRunReply[] = []
    for (const { hash, kind, ...row } of rows) {
      const blueprint = await loadBlueprint(tx, hash)
      const newest = newestFor(desk, { hash, blueprint })
      const act = { pack: blueprint.pack.name, kind: `action:${row.action}` }
      const heldBy = row.state === 'held' ? ((await silenceOf(tx, act)) ?? null) : null
      const told = { ...row, heldBy, serves: packOf(desk, blueprint).seq, waits: row.waits ?? false }
      replies.push(shown(told, hiddenOf(blueprint, newest, { ...row, kind, person })))
    }
    return replies
  })
}

function shown(row: Omit<ActionRunReply, 'hidden'>, hidden: readonly string[]): ActionRunReply {
  if (hidden.length === 0) return { ...row, hidden }
  const input: FieldValues = Object.fromEntries(
    Object.entries(row.input).filter(([name]) => !hidden.includes(name)),
  )
  return { ...row, input, hidden, output: null, log: null, detail: row.detail && row.detail.split(':')[0]! }
}

/** The inputs, and `read` for what it may ask for itself, that somebody must not see. */
function hiddenOf(
  blueprint: Blueprint,
  newest: Blueprint,
  run: { kind: string; node: string; action: string; person: Person },
): string[] {
  const ticket = blueprint.tickets[run.kind]!
  const action = blueprint.actions[run.action]
  const args = ticket.nodes[run.node]?.run?.args ?? []
  const isHidden = (field: string) =>
    Object.hasOwn(blueprint.forms[ticket.form]!.fields, field) &&
    rightOn(newest, run.person, { form: ticket.form, field }) === null
  const own = (action?.reads ?? []).filter(path => path.startsWith(`${ticket.form}.`))
  const inputs = (action?.inputs ?? []).filter((_, at) => args[at] && namesIn(args[at]).some(isHidden))
  return [
    ...inputs.map(({ name }) => name),
    ...(own.some(path => isHidden(path.split('.')[1]!)) ? ['read'] : []),
  ]
}

interface RunState {
  readonly state: string
  readonly outcome: string | null
  readonly node: string
  readonly visit: number
  readonly ticket: string
}

/**
 * Runs an action that failed once more, with the same input and the same key, while its ticket still waits for it, and by the code of the
 * version that the ticket is under. Throws Problem: `not-found`, `run-not-failed`, `moot`.
 */
export function runActionAgain(
  deps: Deps,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<RunAgainReply> {
  return deps.store.inTenant(tenant, async tx => {
    const [run] = await tx.query<RunState>(
      'select state, outcome, node, visit, ticket_id as ticket from action_run where id = $1 for update',
      [id],
    )
    if (!run) throw notFound()
    if (run.state !== 'done' || run.outcome !== FAULT) throw new Problem('run-not-failed', 409)
    // Why not locked: whoever concludes a run holds it before its ticket; an outcome that comes too late is moot anyway.
    const ticket = await findTicket(tx, run.ticket)
    if (!waitsFor(ticket!.state, run)) throw new Problem('moot', 409)
    await queueAgain(deps, tx, id)
    tx.enqueue('actions', { tenant })
    const [under] = await tx.query<{ version: number }>(
      `select ${VERSION} as version from ticket t where t.id = $1`,
      [run.ticket],
    )
    const blueprint = await loadBlueprint(tx, ticket!.blueprintHash)
    return { version: under!.version, serves: packOf(await deskOf(tx), blueprint).seq }
  })
}

function waitsFor(state: TicketState, { node, visit }: { node: string; visit: number }): boolean {
  return state.closedAt === null && state.tokens[node]?.visit === visit
}

async function queueAgain(deps: Deps, tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update action_run set state = 'queued', attempts = 0, outcome = null, output = null, detail = null, stack = null,
       changed_at = $2 where id = $1`,
    [id, deps.now()],
  )
}
