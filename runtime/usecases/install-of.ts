import type { InstallReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { outwardActs } from './install-pack.ts'

/** How far a desk is with a pack, and what was kept from going out. */
export function installOf(deps: Deps, tenant: string, name: string): Promise<InstallReply> {
  return deps.store.inTenant(tenant, async tx => {
    const [row] = await tx.query<Omit<InstallReply, 'acts' | 'held' | 'outward'> & { outward: object }>(
      'select state, settings, roles, outward from desk_install where pack = $1',
      [name],
    )
    const held = await tx.query<{ kind: string; count: number }>(
      `select kind, count(*)::int as count from outbox where state = 'held' and reason = 'trial' group by kind`,
    )
    return {
      ...{ state: row?.state ?? null, settings: row?.settings ?? {}, roles: row?.roles ?? {} },
      outward: Object.entries(row?.outward ?? {}).flatMap(([act, on]) => (on === true ? [act] : [])),
      acts: outwardActs,
      held: Object.fromEntries(held.map(({ kind, count }) => [kind, count])),
    }
  })
}
