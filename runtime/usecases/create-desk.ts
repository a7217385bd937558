import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { Problem } from './problem.ts'
import { invite } from './sessions.ts'

const ID = /^[a-z][a-z0-9-]{1,40}$/

export interface NewDesk {
  readonly id: string
  readonly name: string
  /** Login of the first administrator. */
  readonly admin: string
  /** A desk to try things on: its time starts at `startsAt` (epoch ms) and may be moved forward. */
  readonly demo: { readonly startsAt: number } | undefined
}

/** A new desk with its first administrator, who sets a password through the one-time token. Throws Problem. */
export async function createDesk(
  deps: Pick<Deps, 'store' | 'now'>,
  desk: NewDesk,
): Promise<{ token: string }> {
  return deps.store.asOwner(async tx => {
    await insertDesk(deps, tx, desk)
    return { token: await invite(deps, tx, { tenant: desk.id, staff: 'admin' }) }
  })
}

/** The rows of a new desk and its administrator, whose staff id is `admin`, as the owner. Throws Problem. */
export async function insertDesk(
  { now: clock }: Pick<Deps, 'now'>,
  tx: Tx,
  { id, name, admin, demo }: NewDesk,
): Promise<void> {
  if (!ID.test(id)) throw new Problem('desk-id', 422, { params: { id } })
  const taken = await tx.query('select 1 as one from tenant_index where tenant = $1 or name = $2', [id, name])
  if (taken.length > 0) throw new Problem('desk-taken', 409, { params: { id } })
  const now = clock()
  await tx.query('insert into tenant_index (tenant, name) values ($1, $2)', [id, name])
  await tx.query(
    'insert into desk (tenant, name, demo, clock_offset_ms, created_at) values ($1, $2, $3, $4, $5)',
    [...[id, name, demo !== undefined], demo ? Math.round(demo.startsAt - now) : 0, now],
  )
  await tx.query(
    `insert into staff (tenant, id, name, login, roles) values ($1, 'admin', $2, $2, '{admin}')`,
    [id, admin],
  )
}
