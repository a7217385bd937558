import { effectiveRoles } from '#core/desk'
import type { TodoReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { notFound } from './problem.ts'

/** Who asks: administrators see and end everything, others what is theirs or waits for a role they hold. */
export interface TodoReader {
  readonly tenant: string
  readonly id: string
  readonly roles: readonly string[]
}

const MAX_TODOS = 200

/** The to-dos that SOPs made and nobody has done yet, as far as they concern the reader; the most pressing first. */
export function listTodos(deps: Deps, reader: TodoReader): Promise<TodoReply[]> {
  return deps.store.snapshot(reader.tenant, async tx =>
    tx.query<TodoReply>(
      `select t.id, t.text, t.role, t.assignee, t.customer_id as customer, coalesce(c.name, t.customer_id) as "customerName",
         e.sop, t.due_at as due, t.state
       from todo t join enrolment e on e.tenant = t.tenant and e.id = t.enrolment_id
       left join customer c on c.tenant = t.tenant and c.id = t.customer_id
       where t.state <> 'done' and ${CONCERNS} order by t.due_at, t.id limit ${MAX_TODOS}`,
      await concerning(tx, reader),
    ),
  )
}

/** Somebody whom it concerns did it. Throws Problem. */
export function finishTodo(deps: Deps, reader: TodoReader, id: string): Promise<void> {
  return deps.store.inTenant(reader.tenant, async tx => {
    const rows = await tx.query(
      `update todo t set state = 'done', done_at = $5 where t.id = $4 and t.state <> 'done' and ${CONCERNS} returning t.id`,
      [...(await concerning(tx, reader)), id, deps.now()],
    )
    if (rows.length === 0) throw notFound()
    await tx.query('delete from timer where id = $1', [`todo/${id}`])
  })
}

/** A to-do `t` of an administrator ($1), somebody ($2), or nobody yet but a role ($3). */
const CONCERNS = '($1 or t.assignee = $2 or (t.assignee is null and t.role = any($3)))'

async function concerning(tx: Tx, { id, roles }: TodoReader): Promise<unknown[]> {
  const desk = await loadDesk(tx)
  const blueprint = desk && wholeDesk(desk)
  const held = blueprint ? [...effectiveRoles(blueprint, roles)] : []
  return [roles.includes('admin'), id, held]
}
