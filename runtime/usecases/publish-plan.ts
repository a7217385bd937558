import type { PublishPlanReply } from '#core/wire'
import { diffBlueprints, sayChange } from '#dsl/change'
import type { Deps } from '../deps.ts'
import { loadDesk } from '../store/load-desk.ts'
import { planMoves } from './plan-moves.ts'
import { compileSound, type Publishing } from './publish-source.ts'
import { loadSource } from './source.ts'

/**
 * What publishing the saved text would do: what changes in meaning, and what becomes of the tickets in flight. Throws Problem
 * with the findings when it has errors.
 */
export function planPublish(
  deps: Deps,
  { tenant, name, language }: Pick<Publishing, 'tenant' | 'name' | 'language'>,
): Promise<PublishPlanReply> {
  return deps.store.inTenant(tenant, async tx => {
    const source = await loadSource(tx, name)
    const { hash, checked } = await compileSound(tx, source, language)
    const newest = (await loadDesk(tx))?.packs.find(pack => pack.name === source.pack)
    const changes = newest ? diffBlueprints(newest.blueprint, checked.blueprint) : []
    return {
      isNew: newest?.hash !== hash,
      changes: changes.map(change => ({ class: change.class, message: sayChange(change, language) })),
      moves: await planMoves(tx, { hash, blueprint: checked.blueprint }),
    }
  })
}
