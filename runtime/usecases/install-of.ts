import type { InstallReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { compilePack, type PackTexts } from '../packs/index.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { asksCustomers, linkState } from './customer-link.ts'
import { actsOf } from './install-pack.ts'
import { topStep } from './install-steps.ts'

interface Row extends Omit<InstallReply, 'acts' | 'links' | 'outward' | 'canRollBack' | 'state' | 'rollout'> {
  readonly state: string
  readonly outward: Readonly<Record<string, boolean>>
  readonly files: PackTexts
}

/** How far a desk is with a pack, and which outward acts it has. */
export function installOf(deps: Deps, tenant: string, name: string): Promise<InstallReply> {
  return deps.store.inTenant(tenant, async tx => {
    const [row] = await tx.query<Row>(
      `select i.state, i.settings, i.roles, i.departments, i.outward, i.release_hash as consented, r.files,
         case when i.state in ('trial', 'live') then s.base_release end as running
       from desk_install i join pack_release r on r.hash = i.release_hash
       left join desk_source s on s.tenant = i.tenant and s.pack = i.pack where i.pack = $1`,
      [name],
    )
    if (!row)
      return {
        ...{ state: null, consented: null, running: null, canRollBack: false, rollout: null },
        ...{ settings: {}, roles: {}, departments: {}, outward: [], acts: [], links: 'pass' as const },
      }
    const { state, consented, running, settings, roles, departments, outward, files } = row
    const { blueprint } = compilePack(files).checked
    return {
      ...{
        state,
        consented: state === 'uninstalled' ? null : consented,
        running,
        settings,
        roles,
        departments,
      },
      rollout: await rolloutOf(tx, name),
      canRollBack: running !== null && Boolean((await topStep(tx, name))?.before),
      outward: Object.entries(outward).flatMap(([act, on]) => (on ? [act] : [])),
      acts: actsOf(blueprint.actions),
      links: asksCustomers(blueprint) ? await linkState(tx, deps.masterKey !== undefined) : 'pass',
    }
  })
}

/** The version that some stores use first. */
async function rolloutOf(tx: Tx, name: string): Promise<InstallReply['rollout']> {
  const staged = (await loadDesk(tx))?.packs.find(pack => pack.name === name)?.staged
  return staged ? { version: staged.blueprint.pack.version, seq: staged.seq, stores: staged.stores } : null
}
