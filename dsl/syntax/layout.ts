import type { TokenType } from 'chevrotain'
import * as T from './tokens.ts'
import type { Token } from './lexer.ts'

// By kind, not by image: the full-width `，` and `＋` go on over a line's end as `,` and `+` do.
const continuesAfter: ReadonlySet<TokenType> = new Set([
  ...signs(',', '..<', '..', '->', '!=', '<=', '>=', '=', '<', '>', '+', '*', '/', '.'),
  ...[T.K.and, T.K.or, T.K.not, T.K.in],
])
const continuesBefore: ReadonlySet<TokenType> = new Set([
  ...signs('->', '.', '..', '..<', '+', '*', '/'),
  ...[T.K.and, T.K.or, T.K.else, T.K.where],
])

/**
 * Keeps the End tokens that really end a clause and drops the rest and the unknown ones: what the parser reads.
 * A line that starts with `|`, `}` or a declaration always starts afresh, whatever bracket is still open.
 */
export function layout(tokens: readonly Token[]): Token[] {
  const kept: Token[] = []
  let depth = 0
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    const kind = token.tokenType
    if (kind === T.Unknown) continue
    if (kind === T.P['('] || kind === T.P['[']) depth++
    if ((kind === T.P[')'] || kind === T.P[']']) && depth > 0) depth--
    if (kind !== T.End) {
      kept.push(token)
      continue
    }
    const previous = kept.at(-1)
    const next = firstAfter(tokens, index)
    const fresh = next === undefined || token.image === ';' || startsAfresh(tokens, next)
    if (fresh) depth = 0
    const goesOn = !fresh && (depth > 0 || continues(previous, tokens[next]))
    const redundant = !previous || previous.tokenType === T.End || previous.tokenType === T.P['{']
    if (!goesOn && !redundant) kept.push(token)
  }
  return kept
}

function firstAfter(tokens: readonly Token[], index: number): number | undefined {
  for (let i = index + 1; i < tokens.length; i++) if (tokens[i]!.tokenType !== T.End) return i
  return undefined
}

const startsLine: ReadonlySet<TokenType> = new Set([...signs('|', '}', '||'), T.Rule])

function startsAfresh(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!
  if (startsLine.has(token.tokenType)) return true
  const next = tokens[index + 1]
  return (
    T.declarationWords.has(token.image) && !!next && (T.isName(next.tokenType) || next.tokenType === T.Text)
  )
}

function continues(previous: Token | undefined, next: Token | undefined): boolean {
  return (
    (!!previous && continuesAfter.has(previous.tokenType)) || (!!next && continuesBefore.has(next.tokenType))
  )
}

function signs(...texts: T.Punctuation[]): TokenType[] {
  return texts.map(text => T.P[text])
}
