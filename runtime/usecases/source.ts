import type { SourceReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { codeOf, languageOf, type PackTexts } from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import { Problem } from './problem.ts'

/**
 * The desk's text as it was saved last, sound or not; without the code of actions, which only a signed release brings.
 * Throws Problem when no pack is installed.
 */
export function showSource(deps: Deps, tenant: string): Promise<SourceReply> {
  return deps.store.inTenant(tenant, async tx => {
    const source = await loadSource(tx)
    return { ...source, files: languageOf(source.files) }
  })
}

/**
 * Keeps the text, errors and all, when nobody saved since `revision`; what serves is untouched. Throws Problem.
 */
export function saveSource(
  deps: Deps,
  { tenant, files, revision }: { tenant: string; files: PackTexts; revision: number },
): Promise<{ revision: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const { pack, files: kept } = await loadSource(tx)
    const [saved] = await tx.query<{ revision: number }>(
      `update desk_source set files = $3, revision = revision + 1 where pack = $1 and revision = $2
       returning revision`,
      [pack, revision, json({ ...codeOf(kept), ...files })],
    )
    if (!saved) throw new Problem('source-moved', 412)
    return { revision: saved.revision }
  })
}

/** The desk's text within a transaction, with the code of its actions. Throws Problem when no pack is installed. */
export async function loadSource(tx: Tx): Promise<SourceReply> {
  const [row] = await tx.query<{ pack: string; revision: number; files: PackTexts }>(
    'select pack, revision, files from desk_source order by pack limit 1',
  )
  if (!row) throw new Problem('nothing-published', 404)
  return row
}

/** The release that the desk's text of a pack comes from. */
export async function releaseOf(tx: Tx, pack: string): Promise<PackTexts> {
  const [row] = await tx.query<{ files: PackTexts }>(
    'select r.files from desk_source s join pack_release r on r.hash = s.base_release where s.pack = $1',
    [pack],
  )
  return row?.files ?? {}
}
