import { createHash } from 'node:crypto'
import type { AuditReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { json, type Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { Problem } from './problem.ts'

/** Something an administrator did or was refused; `data` is flat text, so that its hash has one writing. */
export interface Act {
  readonly actor: string
  /** `post /api/packs`, or the command of the command line. */
  readonly action: string
  readonly target: string
  readonly data: Readonly<Record<string, string>>
}

/** The rows as they were written, newest first; the words for refusals are the rim's. */
export interface AuditList extends Pick<AuditReply, 'brokenAt'> {
  readonly rows: readonly Omit<AuditReply['rows'][number], 'says'>[]
}

interface AuditRow extends Act {
  readonly seq: number
  readonly at: number
  readonly prev: string
  readonly hash: string
}

const MAX_SHOWN = 200
const PAGE = 1_000

/**
 * Does what somebody asked and notes it with its outcome: done and what is told of it, or refused and why. Throws what the work
 * throws.
 */
export async function audited<T>(
  deps: Pick<Deps, 'store' | 'now'>,
  { tenant, ...act }: { readonly tenant: string } & Omit<Act, 'data'>,
  work: (tell: (data: Act['data']) => void) => Promise<T>,
): Promise<T> {
  let told: Act['data'] = {}
  const note = (data: Act['data']) => recordAct(deps, tenant, { ...act, data })
  try {
    const done = await work(data => (told = data))
    await note({ ...told, outcome: 'done' })
    return done
  } catch (error) {
    const why = error instanceof Problem ? { code: error.code, ...error.params } : { code: 'internal' }
    await note({ outcome: 'refused', ...why })
    throw error
  }
}

/** Appends one row, chained to the one before by its hash; in a transaction of its own, so that refusals stay too. */
export function recordAct(deps: Pick<Deps, 'store' | 'now'>, tenant: string, act: Act): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    // Why: the command line may name a desk there is not, which keeps no record.
    if ((await tx.query('select 1 as one from desk')).length === 0) return
    // Why the counter: its row is locked until the commit, so rows come one after the other.
    const [{ value: seq } = { value: 0 }] = await tx.query<{ value: number }>(
      `insert into counter (tenant, name, value)
       values ($1, 'audit', (select coalesce(max(seq), 0) + 1 from audit))
       on conflict (tenant, name) do update set value = counter.value + 1 returning value`,
      [tenant],
    )
    const [last] = await tx.query<{ hash: string }>('select hash from audit where seq = $1', [seq - 1])
    const row = { ...act, seq, at: Math.round(deps.now()), prev: last?.hash ?? '' }
    await tx.query(
      `insert into audit (tenant, seq, at, actor, action, target, data, prev, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [tenant, seq, row.at, act.actor, act.action, act.target, json(act.data), row.prev, hashOf(tenant, row)],
    )
  })
}

/** The newest rows, and the first that is not what was written; null when the chain holds. */
export function listAudit(deps: Deps, tenant: string): Promise<AuditList> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query<AuditList['rows'][number]>(
      `select a.seq, a.at, coalesce(s.name, a.actor) as actor, a.action,
         coalesce(t.name, k.name, r.action, a.target) as target, a.data from audit a
       left join staff s on s.id = a.actor
       left join staff t on a.action like '% /api/staff/:id%' and t.id = a.target
       left join desk_key k on a.action like '% /api/keys/:id' and k.id = a.target
       left join action_run r on a.action like '% /api/actions/runs/:id%' and r.id = a.target order by a.seq desc limit ${MAX_SHOWN}`,
    )
    const packs = (await loadDesk(tx))?.packs ?? []
    const labelOf = (name: string) => packs.find(pack => pack.name === name)?.blueprint.pack.label ?? name
    const named = rows.map(row =>
      row.action.includes('/:pack') ? { ...row, target: labelOf(row.target) } : row,
    )
    return { rows: named, brokenAt: await brokenAt(tx, tenant) }
  })
}

/** The number of the first row that was changed, or that follows a removed one; null when there is none. */
export async function brokenAt(tx: Tx, tenant: string): Promise<number | null> {
  let before: { seq: number; hash: string } | undefined
  for (;;) {
    const rows = await tx.query<AuditRow>(
      `select seq, at, actor, action, target, data, prev, hash from audit where seq > $1 order by seq limit ${PAGE}`,
      [before?.seq ?? 0],
    )
    for (const row of rows) {
      // Why: rows from before there was a chain carry no hash.
      const isChained = row.hash !== '' || before?.hash
      const follows = row.seq === (before?.seq ?? 0) + 1 && row.prev === (before?.hash ?? '')
      if (isChained && (!follows || row.hash !== hashOf(tenant, row))) return row.seq
      before = row
    }
    if (rows.length < PAGE) break
  }
  const [counter] = await tx.query<{ value: number }>(`select value from counter where name = 'audit'`)
  const last = before?.seq ?? 0
  return counter && counter.value !== last ? last + 1 : null
}

function hashOf(
  tenant: string,
  { seq, at, actor, action, target, data, prev }: Omit<AuditRow, 'hash'>,
): string {
  const fields = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([prev, tenant, seq, at, actor, action, target, fields]))
    .digest('hex')
}
