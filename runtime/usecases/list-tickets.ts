import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'

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
  /** Only those at a place of staff that nobody holds. */
  readonly unassigned?: boolean | undefined
  /** How many rows at most. */
  readonly rows?: number | undefined
}

/** How many rows come unless more are asked for, and how many may be. */
const USUAL_ROWS = 200
const MAX_ROWS = 2_000

/** The desk's tickets, the most pressing first: what is due earliest, then the oldest; with how many there are in all. */
export function listTickets(
  deps: Deps,
  tenant: string,
  filter: QueueFilter,
): Promise<{ rows: QueueRow[]; total: number }> {
  const wanted = Math.min(Math.max(filter.rows ?? USUAL_ROWS, 1), MAX_ROWS)
  return deps.store.inTenant(tenant, async tx => {
    const found = await tx.query<QueueRow & { total: number }>(
      `select t.id, t.number, t.kind, t.status, t.priority, t.nodes, t.assignee, t.team, c.name as customer,
         t.due_at as "dueAt", t.opened_at as "openedAt", t.updated_at as "updatedAt",
         count(*) over ()::int as total
       from ticket t left join customer c on c.tenant = t.tenant and c.id = t.customer_id
       where ($1::text is null or t.status = $1) and ($3::text is null or t.team = $3)
         and ($4::text is null or t.customer_id = $4)
         and ($2::text is null or exists (
           select from jsonb_each(t.state->'tokens') token where token.value->>'assignee' = $2))
         and ($6::text[] is null or t.status = 'open' and exists (
           select from jsonb_each(t.state->'tokens') token
           where token.value->>'assignee' is null and t.blueprint_hash || '/' || t.kind || '.' || token.key = any($6)))
       order by t.status desc, t.due_at nulls last, t.opened_at limit $5`,
      [
        ...[filter.status ?? null, filter.assignee ?? null, filter.team ?? null, filter.customer ?? null],
        ...[wanted, filter.unassigned ? await staffPlaces(tx) : null],
      ],
    )
    return { rows: found.map(({ total: _, ...row }) => row), total: found[0]?.total ?? 0 }
  })
}

/** The places where open tickets wait for staff, as `hash/ticket.node`: each version has its own. */
async function staffPlaces(tx: Tx): Promise<string[]> {
  const versions = await tx.query<{ hash: string }>(
    `select distinct blueprint_hash as hash from ticket where status = 'open'`,
  )
  const places: string[] = []
  for (const { hash } of versions)
    for (const [kind, { nodes }] of Object.entries((await loadBlueprint(tx, hash)).tickets))
      for (const [node, { by }] of Object.entries(nodes))
        if (by !== 'customer' && by !== 'system') places.push(`${hash}/${kind}.${node}`)
  return places
}
