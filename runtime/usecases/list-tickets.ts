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
  /** A ticket's number (`12`, `#12`) or a part of the customer's name. */
  readonly search?: string | undefined
  /** How many rows at most. */
  readonly rows?: number | undefined
}

/** How many rows come unless more are asked for, and how many may be. */
const USUAL_ROWS = 200
const MAX_ROWS = 2_000

/** So many characters say what a ticket is about. */
const ABOUT_LENGTH = 60

interface FoundRow extends Omit<QueueRowReply, 'about' | 'holders'> {
  readonly state: TicketState
  readonly hash: string
}

/**
 * The desk's tickets with how many there are in all: the open ones first, the most pressing before the others (what is due
 * earliest, then the oldest), closed ones by when they were closed, the latest first.
 */
export function listTickets(
  deps: Deps,
  { tenant, roles }: { readonly tenant: string; readonly roles: readonly string[] },
  filter: QueueFilter,
): Promise<{ rows: QueueRowReply[]; total: number }> {
  const wanted = Math.min(Math.max(filter.rows ?? USUAL_ROWS, 1), MAX_ROWS)
  return deps.store.snapshot(tenant, async tx => {
    const { sql, values } = await conditionsOf(tx, filter)
    const [counted] = await tx.query<{ total: number }>(
      `select count(*)::int as total from ticket t where ${sql}`,
      values,
    )
    const found = await tx.query<FoundRow>(
      // Why the names last: a join of all that is found, planned without statistics, may take minutes.
      `select t.id, t.number, t.kind, t.status, t.priority, t.nodes, t.assignee, t.team,
         (select c.name from customer c where c.id = t.customer_id) as customer,
         t.due_at as "dueAt", t.opened_at as "openedAt", ${CLOSED_AT}::float8 as "closedAt",
         t.updated_at as "updatedAt", t.state, t.blueprint_hash as hash
       from (select * from ticket t where ${sql} order by ${orderOf(filter)} limit ${wanted}) t
       order by ${orderOf(filter)}`,
      values,
    )
    const desk = await deskOf(tx)
    const rows: QueueRowReply[] = []
    for (const { state, hash, ...row } of found) {
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
    return { rows, total: counted!.total }
  })
}

/** When a ticket was closed, as the index of closed tickets has it. */
const CLOSED_AT = `(t.state->>'closedAt')::bigint`

/** Why not parameters: the index of closed tickets is taken where the query itself says that it is about them. */
const ofStatus = { open: `t.status = 'open'`, closed: `t.status = 'closed'` } as const

/** The conditions of a list, of each filter that is there. */
async function conditionsOf(
  tx: Tx,
  { status, assignee, team, customer, unassigned, search = '' }: QueueFilter,
): Promise<{ sql: string; values: unknown[] }> {
  const values: unknown[] = []
  const given = (value: unknown) => `$${values.push(value)}`
  const words = search.trim()
  const conditions = [
    status && ofStatus[status],
    team && `t.team = ${given(team)}`,
    customer && `t.customer_id = ${given(customer)}`,
    assignee &&
      `exists (select from jsonb_each(t.state->'tokens') token where token.value->>'assignee' = ${given(assignee)})`,
    unassigned &&
      `t.status = 'open' and exists (
         select from jsonb_each(t.state->'tokens') token where token.value->>'assignee' is null
           and t.blueprint_hash || '/' || t.kind || '.' || token.key = any(${given(await staffPlaces(tx))}))`,
    words !== '' &&
      `(t.number = ${given(numberIn(words))}::int or t.customer_id in (
         select id from customer where position(lower(${given(words)}) in lower(name)) > 0))`,
  ].filter(one => typeof one === 'string')
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' and '), values }
}

/** The number that somebody typed (`12`, `#12`), full-width signs as well; null where it is none. */
function numberIn(words: string): number | null {
  const [, digits] = /^#?(\d{1,9})$/.exec(words.normalize('NFKC').trim()) ?? []
  return digits === undefined ? null : Number(digits)
}

function orderOf({ status, search = '' }: QueueFilter): string {
  const number = numberIn(search)
  const exact = number === null ? '' : `t.number = ${number} desc, `
  // Why apart: closed tickets alone come in the order of their index.
  if (status === 'closed') return `${exact}${CLOSED_AT} desc`
  const pressing = `t.due_at nulls last, t.opened_at`
  return `${exact}t.status desc, case when t.status = 'closed' then -${CLOSED_AT} end, ${pressing}`
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
