import type { Token } from './lexer.ts'
import * as T from './tokens.ts'

/** What a token is to the eye: the colours of an editor follow it. */
export type TokenClass =
  'keyword' | 'name' | 'text' | 'number' | 'money' | 'time' | 'operator' | 'bracket' | 'unknown'

/** The class of a token; undefined for ends of clauses. */
export function classOf({ tokenType, image }: Token): TokenClass | undefined {
  if (tokenType === T.End) return undefined
  if (tokenType === T.Word) return 'name'
  if (tokenType === T.Text) return 'text'
  if (tokenType === T.Unknown) return 'unknown'
  if (tokenType === T.Int || tokenType === T.Decimal || tokenType === T.Percent) return 'number'
  if (tokenType === T.Money) return 'money'
  if (tokenType === T.Duration || tokenType === T.Date || tokenType === T.Time) return 'time'
  if (brackets.has(tokenType)) return 'bracket'
  return T.wordKinds.has(image) ? 'keyword' : 'operator'
}

const brackets = new Set(['{', '}', '(', ')', '[', ']'].map(text => T.P[text as T.Punctuation]))

/** Every word that serves as a keyword somewhere. */
export const keywords: readonly string[] = [...T.wordKinds.keys()]
