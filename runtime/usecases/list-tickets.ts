import type { Blueprint } from '#core/blueprint'
import { rightOn, type TicketState } from '#core/desk'
import type { QueueRowReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { newestFor } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { deskOf } from './run-command.ts'

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

/** So many characters say what a ticket is about. */
const ABOUT_LENGTH = 60

interface FoundRow extends Omit<QueueRowReply, 'about' | 'holders'> {
  readonly total: number
  readonly state: TicketState
  readonly hash: string
}

/** The desk's tickets, the most pressing first: what is due earliest, then the oldest; with how many there are in all. */
export function listTickets(
  deps: Deps,
  { tenant, roles }: { readonly tenant: string; readonly roles: readonly string[] },
  filter: QueueFilter,
): Promise<{ rows: QueueRowReply[]; total: number }> {
  const wanted = Math.min(Math.max(filter.rows ?? USUAL_ROWS, 1), MAX_ROWS)
  return deps.store.snapshot(tenant, async tx => {
    const found = await tx.query<FoundRow>(
      `select t.id, t.number, t.kind, t.status, t.priority, t.nodes, t.assignee, t.team, c.name as customer,
         t.due_at as "dueAt", t.opened_at as "openedAt", t.updated_at as "updatedAt",
         t.state, t.blueprint_hash as hash, count(*) over ()::int as total
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
    const desk = await deskOf(tx)
    const rows: QueueRowReply[] = []
    for (const { total: _, state, hash, ...row } of found) {
      const blueprint = await loadBlueprint(tx, hash)
      const newest = newestFor(desk, { hash, blueprint })
      const held = Object.entries(state.tokens).map(([node, { assignee }]) => [node, assignee] as const)
      const about = aboutOf(
        blueprint,
        state,
        field =>
          rightOn(newest, { kind: 'staff', roles }, { form: blueprint.tickets[state.kind]!.form, field }) !==
          null,
      )
      rows.push({ ...row, about, holders: Object.fromEntries(held) })
    }
    return { rows, total: found[0]?.total ?? 0 }
  })
}

/** The first text of the form that is filled, if it may be read. */
function aboutOf(
  { tickets, forms }: Blueprint,
  { kind, fields }: TicketState,
  mayRead: (field: string) => boolean,
): string | null {
  const declared = Object.entries(forms[tickets[kind]!.form]!.fields)
  const isSaid = (name: string) => typeof fields[name] === 'string' && fields[name] !== ''
  const first = declared.find(([name, { type }]) => type.kind === 'text' && isSaid(name) && mayRead(name))
  if (!first) return null
  const characters = [...String(fields[first[0]]).replace(/\s+/g, ' ')]
  return characters.length <= ABOUT_LENGTH
    ? characters.join('')
    : `${characters.slice(0, ABOUT_LENGTH).join('')}…`
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
