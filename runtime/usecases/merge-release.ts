import { mergeTexts, sayConflict } from '#dsl/change'
import { codeOf, languageOf, type PackTexts } from '../packs/index.ts'
import type { Tx } from '../store/index.ts'

/** What a desk would hold once a release came over the text it has. */
export interface MergedRelease {
  readonly texts: PackTexts
  /** Whether the desk had changed its text, so that there was something to bring together. */
  readonly isOwn: boolean
  /** Where both changed one thing: the desk's stays. */
  readonly conflicts: readonly { readonly zh: string; readonly en: string }[]
}

/**
 * Brings a release together with the desk's own text over the release that came from: what only the desk changed stays, what
 * only the release changed comes. The code of actions is the release's. A desk without the pack gets it as it is.
 */
export async function mergeRelease(
  tx: Tx,
  { pack, texts }: { readonly pack: string; readonly texts: PackTexts },
): Promise<MergedRelease> {
  const [held] = await tx.query<{ mine: PackTexts; base: PackTexts }>(
    `select s.files as mine, r.files as base from desk_source s join pack_release r on r.hash = s.base_release
     where s.pack = $1`,
    [pack],
  )
  if (!held) return { texts, isOwn: false, conflicts: [] }
  const [base, mine] = [languageOf(held.base), languageOf(held.mine)]
  const isOwn = Object.keys({ ...base, ...mine }).some(file => base[file] !== mine[file])
  if (!isOwn) return { texts, isOwn, conflicts: [] }
  const merged = mergeTexts({ base, mine, theirs: languageOf(texts) })
  return {
    texts: { ...merged.texts, ...codeOf(texts) },
    isOwn,
    conflicts: merged.conflicts.map(one => ({ zh: sayConflict(one, 'zh'), en: sayConflict(one, 'en') })),
  }
}
