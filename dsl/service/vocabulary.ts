import { scalarKinds } from '#core/values'
import { builtins } from '#core/expression'
import { declarationWords, keywords } from '#dsl/syntax'

/** The words of the language by what they do, for an editor that colours on its own. */
export interface Vocabulary {
  readonly declarations: readonly string[]
  readonly keywords: readonly string[]
  readonly types: readonly string[]
  readonly functions: readonly string[]
}

export const vocabulary: Vocabulary = {
  declarations: [...declarationWords],
  keywords: keywords.filter(word => !declarationWords.has(word)),
  types: [...scalarKinds, 'set', 'list'],
  functions: [...Object.keys(builtins), 'known'],
}
