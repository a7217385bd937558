import type { VersionReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { supersedeMoves } from '../store/ticket-moves.ts'
import { startWatching } from './fire-reach.ts'
import { notFound, Problem } from './problem.ts'

/** Every version the desk has had, the newest first. */
export function listVersions(deps: Deps, tenant: string): Promise<VersionReply[]> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query<Omit<VersionReply, 'current'>>(
      `select v.seq, v.blueprint_hash as hash, s.name as by, v.at
       from desk_version v left join staff s on s.id = v.by_staff order by v.seq desc`,
    )
    return rows.map((row, index) => ({ ...row, at: Number(row.at), current: index === 0 }))
  })
}

/**
 * Appends a version with the blueprint of an older one; tickets in flight keep theirs, whatever it says of older versions, and
 * the saved text stays as it is.
 * Throws Problem when there is no such version or it means the same as the newest.
 */
export function rollBack(
  deps: Deps,
  { tenant, seq, by }: { tenant: string; seq: number; by: string },
): Promise<{ version: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const [newest] = await tx.query<{ seq: number; blueprint_hash: string }>(
      'select seq, blueprint_hash from desk_version order by seq desc limit 1',
    )
    const [wanted] = await tx.query<{ blueprint_hash: string }>(
      'select blueprint_hash from desk_version where seq = $1',
      [seq],
    )
    if (!newest || !wanted) throw notFound()
    if (newest.blueprint_hash === wanted.blueprint_hash)
      throw new Problem('version-serves', 409, { params: { version: String(seq) } })
    const version = await appendVersion(deps, tx, { tenant, hash: wanted.blueprint_hash, by })
    return { version }
  })
}

/** Makes a stored blueprint the desk's newest version; yields its number. */
export async function appendVersion(
  deps: Deps,
  tx: Tx,
  { tenant, hash, by }: { tenant: string; hash: string; by: string },
): Promise<number> {
  const [added] = await tx.query<{ seq: number }>(
    `insert into desk_version (tenant, seq, blueprint_hash, by_staff, at)
     select $1, coalesce(max(seq), 0) + 1, $2, $3, $4 from desk_version returning seq`,
    [tenant, hash, by, deps.now()],
  )
  const { seq } = added!
  await supersedeMoves(tx)
  await startWatching(deps, tx)
  tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'desk', id: tenant, seq }))
  return seq
}
