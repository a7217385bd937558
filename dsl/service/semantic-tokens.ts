import type { Span } from '#dsl/syntax'
import { highlight, type ColouredSpan } from './highlight.ts'
import { kindOf, type SymbolKind } from './symbol.ts'
import { indexSymbols } from './symbol-index.ts'
import type { Texts } from './texts.ts'

/** A token with what it is: what a declared name stands for, or the class of its text. Tokens do not overlap. */
export interface SemanticToken extends Span {
  readonly kind: SymbolKind | ColouredSpan['class']
  readonly isDefinition: boolean
}

/** The tokens of a file, in order. */
export function semanticTokens(texts: Texts, file: string): SemanticToken[] {
  const names = indexSymbols(texts).inFile(file)
  let next = 0
  return highlight(texts[file] ?? '').map(({ class: kind, start, end }): SemanticToken => {
    while (next < names.length && names[next]!.end < end) next++
    const name = names[next]
    const isName = kind !== 'text' && kind !== 'comment' && name && name.start <= start && end <= name.end
    return isName
      ? { start, end, kind: kindOf(name.symbol), isDefinition: name.isDefinition }
      : { start, end, kind, isDefinition: false }
  })
}
