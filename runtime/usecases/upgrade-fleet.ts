import type { SaidReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { Problem } from './problem.ts'
import type { Release } from './take-archive.ts'
import { upgradeDesk, type DeskUpgrade, type UpgradeOptions } from './upgrade-desk.ts'

/** What became of one desk; `error`: something stood in the way that nobody foresaw, the old version goes on. */
export type FleetRow =
  | ({ readonly tenant: string } & DeskUpgrade)
  | { readonly tenant: string; readonly outcome: 'error'; readonly because: readonly SaidReply[] }

export interface FleetOptions extends Omit<UpgradeOptions, 'tenant' | 'release'> {
  readonly tenants: readonly string[]
  /** What a refusal says. */
  readonly say: (problem: Problem) => SaidReply
  /** What a desk is to be brought to; without it, the newest release it may install. */
  readonly releaseFor?: (tenant: string) => Promise<Release>
}

/** The desks that run a pack, in the order of their names. */
export async function desksRunning(deps: Pick<Deps, 'store'>, pack: string): Promise<string[]> {
  const rows = await deps.store.asOwner(tx =>
    tx.query<{ tenant: string }>(
      `select tenant from desk_install where pack = $1 and state in ('trial', 'live') order by tenant`,
      [pack],
    ),
  )
  return rows.map(({ tenant }) => tenant)
}

/**
 * Brings desks to a release one after the other and tells of each as it is done. What one desk refuses or breaks
 * stops no other; who leaves off in between may begin again: a desk is done whole or not at all.
 */
export async function* upgradeFleet(
  deps: Deps,
  { tenants, say, releaseFor, ...options }: FleetOptions,
): AsyncGenerator<FleetRow> {
  for (const tenant of tenants) {
    try {
      const release = await releaseFor?.(tenant)
      yield { tenant, ...(await upgradeDesk(deps, { ...options, tenant, release })) }
    } catch (error) {
      // Why anything: the next desk is not to pay for this one.
      yield { tenant, outcome: 'error', because: [wordsOf(error, say)] }
    }
  }
}

function wordsOf(error: unknown, say: FleetOptions['say']): SaidReply {
  if (error instanceof Problem) return say(error)
  const told = error instanceof Error ? error.message : String(error)
  return { zh: told, en: told }
}
