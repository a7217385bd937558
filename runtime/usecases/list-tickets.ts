import type { Deps } from '../deps.ts'

export interface QueueRow {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly status: string
  readonly priority: string
  readonly nodes: readonly string[]
  readonly assignee: string | null
  readonly team: string | null
  readonly customer: string | null
  readonly dueAt: number | null
  readonly openedAt: number
  readonly updatedAt: number
}

export interface QueueFilter {
  readonly status?: 'open' | 'closed' | undefined
  readonly assignee?: string | undefined
  readonly team?: string | undefined
  readonly customer?: string | undefined
}

const MAX_ROWS = 200

/** The desk's tickets, the most pressing first: what is due earliest, then the oldest. */
export function listTickets(deps: Deps, tenant: string, filter: QueueFilter): Promise<QueueRow[]> {
  return deps.store.inTenant(tenant, tx =>
    tx.query<QueueRow>(
      `select t.id, t.number, t.kind, t.status, t.priority, t.nodes, t.assignee, t.team, c.name as customer,
         t.due_at as "dueAt", t.opened_at as "openedAt", t.updated_at as "updatedAt"
       from ticket t left join customer c on c.tenant = t.tenant and c.id = t.customer_id
       where ($1::text is null or t.status = $1) and ($3::text is null or t.team = $3)
         and ($4::text is null or t.customer_id = $4)
         and ($2::text is null or exists (
           select from jsonb_each(t.state->'tokens') token where token.value->>'assignee' = $2))
       order by t.status desc, t.due_at nulls last, t.opened_at limit ${MAX_ROWS}`,
      [filter.status ?? null, filter.assignee ?? null, filter.team ?? null, filter.customer ?? null],
    ),
  )
}
