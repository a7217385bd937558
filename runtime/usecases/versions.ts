import type { VersionReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { choosePack } from '../store/desk-packs.ts'
import { loadBlueprint, loadDesk } from '../store/load-desk.ts'
import { supersedeMoves } from '../store/ticket-moves.ts'
import { keepApart, refuseClashes } from './clashes.ts'
import { startWatching } from './fire-reach.ts'
import { notFound, Problem } from './problem.ts'
import { refuseDuringRollout } from './staged-version.ts'

/** Every version the desk has had of a pack, the newest first; without a name, of the one that came first. */
export function listVersions(deps: Deps, tenant: string, name?: string): Promise<VersionReply[]> {
  return deps.store.snapshot(tenant, async tx => {
    const desk = await loadDesk(tx)
    const pack = (desk && choosePack(desk, name))?.name ?? null
    const rows = await tx.query<Omit<VersionReply, 'current'>>(
      `select v.seq, v.blueprint_hash as hash, s.name as by, v.at, v.stores
       from desk_version v left join staff s on s.id = v.by_staff where v.pack = $1 order by v.seq desc`,
      [pack],
    )
    const serves = rows.find(({ stores }) => stores === null)
    return rows.map(row => ({ ...row, at: Number(row.at), current: row === serves }))
  })
}

/** The version of a pack that serves every store. */
export async function newestVersion(
  tx: Tx,
  pack: string,
): Promise<{ seq: number; hash: string } | undefined> {
  const [newest] = await tx.query<{ seq: number; hash: string }>(
    `select seq, blueprint_hash as hash from desk_version where pack = $1 and stores is null
     order by seq desc limit 1`,
    [pack],
  )
  return newest
}

/**
 * Appends a version with the blueprint of an older one; tickets in flight keep theirs, whatever it says of older versions, and
 * the saved text stays as it is.
 * Throws Problem when there is no such version, it means the same as the pack's newest or clashes with another pack.
 */
export function rollBack(
  deps: Deps,
  { tenant, seq, by }: { tenant: string; seq: number; by: string },
): Promise<{ version: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const [wanted] = await tx.query<{ pack: string; hash: string }>(
      'select pack, blueprint_hash as hash from desk_version where seq = $1',
      [seq],
    )
    if (!wanted) throw notFound()
    const newest = await newestVersion(tx, wanted.pack)
    if (newest?.hash === wanted.hash)
      throw new Problem('version-serves', 409, { params: { version: String(seq) } })
    await refuseDuringRollout(tx, wanted.pack)
    const version = await appendVersion(deps, tx, { tenant, hash: wanted.hash, by })
    return { version }
  })
}

interface Appending {
  readonly tenant: string
  readonly hash: string
  readonly by: string
  /** Whose new tickets alone begin with it; null for every store's. */
  readonly stores?: readonly string[] | null
}

/** Makes a stored blueprint its pack's newest version; yields its number. Throws Problem where it clashes with another pack. */
export async function appendVersion(
  deps: Deps,
  tx: Tx,
  { tenant, hash, by, stores = null }: Appending,
): Promise<number> {
  const blueprint = await loadBlueprint(tx, hash)
  const { name } = blueprint.pack
  await refuseClashes(tx, blueprint)
  await keepApart(tx, blueprint)
  const [added] = await tx.query<{ seq: number }>(
    `insert into desk_version (tenant, seq, pack, blueprint_hash, by_staff, at, stores)
     select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6 from desk_version returning seq`,
    [tenant, name, hash, by, deps.now(), stores],
  )
  const { seq } = added!
  if (stores === null) {
    await supersedeMoves(tx, name)
    await startWatching(deps, tx)
  }
  tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'desk', id: tenant, seq }))
  return seq
}
