import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { Problem } from './problem.ts'

/** While some stores use a version first it is decided about that one, before another comes. Throws Problem. */
export async function refuseDuringRollout(tx: Tx, pack: string): Promise<void> {
  const found = (await loadDesk(tx))?.packs.find(({ name }) => name === pack)
  if (found?.staged) throw new Problem('rollout-open', 409, { params: { name: found.blueprint.pack.label } })
}

/** A version may be for some stores first where an older one serves the others, and there are such stores. Throws Problem. */
export async function refuseUnstaged(tx: Tx, pack: string, stores: readonly string[]): Promise<void> {
  const { running = [] } = (await loadDesk(tx)) ?? {}
  if (!running.some(({ name }) => name === pack)) throw new Problem('rollout-first', 409)
  await refuseUnknownStores(tx, stores)
}

/** Throws Problem naming a store that the desk does not have. */
export async function refuseUnknownStores(tx: Tx, stores: readonly string[]): Promise<void> {
  const kept = await tx.query<{ key: string }>(
    `select key from record where entity = 'store' and key = any($1)`,
    [stores],
  )
  const desk = await loadDesk(tx)
  const inPack = (desk && wholeDesk(desk)?.library.store) ?? {}
  const unknown = stores.find(
    store => !kept.some(({ key }) => key === store) && !Object.hasOwn(inPack, store),
  )
  if (unknown !== undefined) throw new Problem('unknown-store', 422, { params: { store: unknown } })
}
