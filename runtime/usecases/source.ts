import type { SourceReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { codeOf, languageOf, type PackTexts } from '../packs/index.ts'
import { choosePack } from '../store/desk-packs.ts'
import { json, type Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { Problem } from './problem.ts'

/**
 * The desk's text of a pack as it was saved last, sound or not; without the code of actions, which only a signed release brings.
 * Without a name it is the text of the first pack. Throws Problem when it is not installed.
 */
export function showSource(deps: Deps, tenant: string, name?: string): Promise<SourceReply> {
  return deps.store.inTenant(tenant, async tx => {
    const source = await loadSource(tx, name)
    const { running } = (await loadDesk(tx))!
    const packs = running.map(({ name, blueprint }) => ({ name, label: blueprint.pack.label }))
    return { ...source, packs, files: languageOf(source.files) }
  })
}

/**
 * Keeps the text, errors and all, when nobody saved since `revision`; what serves is untouched. Throws Problem.
 */
export function saveSource(
  deps: Deps,
  {
    tenant,
    name,
    files,
    revision,
  }: { tenant: string; name?: string | undefined; files: PackTexts; revision: number },
): Promise<{ revision: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const { pack, files: kept } = await loadSource(tx, name)
    const [saved] = await tx.query<{ revision: number }>(
      `update desk_source set files = $3, revision = revision + 1 where pack = $1 and revision = $2
       returning revision`,
      [pack, revision, json({ ...codeOf(kept), ...files })],
    )
    if (!saved) throw new Problem('source-moved', 412)
    return { revision: saved.revision }
  })
}

/** The desk's text of a pack, else of the first one, with the code of its actions. Throws Problem when it is not installed. */
export async function loadSource(tx: Tx, name?: string): Promise<Source> {
  const desk = await loadDesk(tx)
  const pack = desk && choosePack(desk, name)
  const [row] = await tx.query<Source>('select pack, revision, files from desk_source where pack = $1', [
    pack?.name ?? null,
  ])
  if (!row) throw new Problem('nothing-published', 404)
  return row
}

/** A desk's text of one pack. */
export type Source = Omit<SourceReply, 'packs'>

/** The release that the desk's text of a pack comes from. */
export async function releaseOf(tx: Tx, pack: string): Promise<PackTexts> {
  const [row] = await tx.query<{ files: PackTexts }>(
    'select r.files from desk_source s join pack_release r on r.hash = s.base_release where s.pack = $1',
    [pack],
  )
  return row?.files ?? {}
}
