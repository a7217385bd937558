import type { RolloutReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { loadDesk, type DeskPack } from '../store/load-desk.ts'
import type { Tx } from '../store/index.ts'
import { startWatching } from './fire-reach.ts'
import { putBack, topStep } from './install-steps.ts'
import { startMoves } from './move-tickets.ts'
import { Problem } from './problem.ts'
import { refuseUnknownStores } from './staged-version.ts'
import { supersedeMoves } from '../store/ticket-moves.ts'

interface RollingOut {
  readonly tenant: string
  readonly name: string
  readonly by: string
  /** Which stores begin new tickets with the newer version; none takes it back. */
  readonly stores: readonly string[] | 'all'
}

/**
 * Says for which stores a version that some stores use first is: for these, for all, or, taken back, for none. Tickets keep the
 * version they began with; for all it moves those in flight as it says, and its limits and journeys hold. Taken back, what its
 * installation replaced comes back as well. Throws Problem when no such version is under way.
 */
export function rollOut(deps: Deps, { tenant, name, by, stores }: RollingOut): Promise<RolloutReply | null> {
  return deps.store.inTenant(tenant, async tx => {
    await tx.query('select 1 from desk_install where pack = $1 for update', [name])
    const staged = (await loadDesk(tx))?.packs.find(pack => pack.name === name)?.staged
    if (!staged) throw new Problem('no-rollout', 409, { params: { name } })
    tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'desk', id: tenant, seq: staged.seq }))
    if (stores === 'all') return forAll(deps, tx, { tenant, staged })
    if (stores.length === 0) return takeBack(deps, tx, { tenant, name, by, staged })
    await refuseUnknownStores(tx, stores)
    await sayStores(tx, staged, stores)
    return { version: staged.blueprint.pack.version, seq: staged.seq, stores }
  })
}

type Staged = NonNullable<DeskPack['staged']>

async function forAll(
  deps: Deps,
  tx: Tx,
  { tenant, staged }: { tenant: string; staged: Staged },
): Promise<null> {
  await sayStores(tx, staged, null)
  await supersedeMoves(tx, staged.blueprint.pack.name)
  await startWatching(deps, tx)
  await startMoves(tx, tenant, staged)
  return null
}

async function takeBack(
  deps: Deps,
  tx: Tx,
  { tenant, name, by, staged }: { tenant: string; name: string; by: string; staged: Staged },
): Promise<null> {
  const step = await topStep(tx, name)
  // Why: what was published from the desk's own text replaced no installation; its text stays to be worked on.
  if (step?.version === staged.seq) await putBack(deps, tx, { tenant, name, by })
  await sayStores(tx, staged, [])
  return null
}

async function sayStores(tx: Tx, { seq }: Staged, stores: readonly string[] | null): Promise<void> {
  await tx.query('update desk_version set stores = $2 where seq = $1', [seq, stores])
}
