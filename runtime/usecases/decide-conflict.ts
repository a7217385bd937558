import type { PlanReply } from '#core/wire'
import { sayConflict, type Choice } from '#dsl/change'
import type { Deps } from '../deps.ts'
import { keepChoice, mergeRelease, placeId } from './merge-release.ts'
import { planInstall } from './plan-install.ts'
import { Problem } from './problem.ts'
import { newestRelease } from './take-archive.ts'

export interface Decision {
  readonly tenant: string
  readonly name: string
  readonly by: string
  /** The release that was planned. */
  readonly hash: string
  /** Which of its conflicts. */
  readonly place: string
  readonly choice: Choice
}

/**
 * Decides one place that the desk and a release both changed; until the release is installed it may be decided again. Yields the
 * plan as it is then, and what was decided in words. Throws Problem when the release or the conflict is another by now.
 */
export async function decideConflict(
  deps: Deps,
  { tenant, name, by, hash, place, choice }: Decision,
): Promise<{ readonly plan: PlanReply; readonly told: string }> {
  const told = await deps.store.inTenant(tenant, async tx => {
    const release = await newestRelease(tx, name)
    if (release.hash !== hash) throw new Problem('plan-outdated', 409, { params: { name } })
    const { conflicts } = await mergeRelease(tx, { pack: name, ...release })
    const conflict = conflicts.find(one => placeId(one) === place)
    if (!conflict) throw new Problem('no-such-conflict', 404, { params: { name } })
    await keepChoice(tx, { tenant, pack: name, hash, conflict, choice, by, at: deps.now() })
    return sayConflict(conflict, 'zh')
  })
  return { plan: await planInstall(deps, tenant, name), told }
}
