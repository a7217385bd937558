import type { Blueprint } from '#core/blueprint'
import { clashesWith, fieldsApart, sayClash } from '#core/together'
import type { SaidReply } from '#core/wire'
import type { Tx } from '../store/index.ts'
import { sharingPacks } from '../store/desk-packs.ts'
import { loadDesk, type DeskPack } from '../store/load-desk.ts'
import { Problem } from './problem.ts'

/** What keeps a version of a pack from being on the desk beside the others, in words; nothing where they go together. */
export async function clashesOnDesk(tx: Tx, blueprint: Blueprint): Promise<SaidReply[]> {
  const others = sharingPacks(await othersOn(tx, blueprint.pack.name))
  return clashesWith(
    blueprint,
    others.map(other => other.blueprint),
  ).map(sayClash)
}

/** Throws Problem naming what clashes; nothing is written before. */
export async function refuseClashes(tx: Tx, blueprint: Blueprint): Promise<void> {
  const clashes = await clashesOnDesk(tx, blueprint)
  if (clashes.length === 0) return
  const [zh, en] = [clashes.map(one => one.zh).join('；'), clashes.map(one => one.en).join('; ')]
  throw new Problem('packs-clash', 409, { params: { name: blueprint.pack.label, zh, en } })
}

/** Notes which fields of customers and stores the pack means otherwise than another: from now on they are kept apart. */
export async function keepApart(tx: Tx, blueprint: Blueprint): Promise<void> {
  const { name } = blueprint.pack
  const [install] = await tx.query<{ apart: string[] }>('select apart from desk_install where pack = $1', [
    name,
  ])
  if (!install) return
  const { apart: before } = install
  const apart = fieldsApart({ blueprint, apart: before }, sharingPacks(await othersOn(tx, name)))
  if (apart.length > before.length)
    await tx.query('update desk_install set apart = $2 where pack = $1', [name, apart])
}

/** The other packs that run or whose tickets are in flight. */
async function othersOn(tx: Tx, pack: string): Promise<DeskPack[]> {
  const packs = (await loadDesk(tx))?.packs ?? []
  return packs.filter(({ name, state, inFlight }) => name !== pack && (state !== 'uninstalled' || inFlight))
}
