import type { TokenType } from 'chevrotain'
import type { Token } from './lexer.ts'
import * as T from './tokens.ts'

/** The longest text of one file, in UTF-16 units; a longer one is not read. */
export const MAX_SOURCE = 2_000_000
/** How deep one expression may go: a bracket or `if` weighs five, any other operator one. */
export const MAX_DEPTH = 250
/** Faults reported of one file; whoever has mended a hundred looks again. */
export const MAX_FAULTS = 100

const openers: ReadonlySet<TokenType> = new Set([T.P['('], T.P['['], T.P['{']])
const closers: ReadonlySet<TokenType> = new Set([T.P[')'], T.P[']'], T.P['}']])
const separators: ReadonlySet<TokenType> = new Set([T.End, T.P[','], T.P['|'], T.P['||']])
const operators: ReadonlySet<TokenType> = new Set([
  ...[T.K.and, T.K.or, T.K.not, T.K.in, T.K.has, T.K.of, T.K.within, T.K.where],
  ...[T.P['+'], T.P['-'], T.P['*'], T.P['/'], T.P['.'], T.P['=']],
])
const BRACKET_WEIGHT = 5

/**
 * The first token that lies too deep for readers that follow the tree by recursion; undefined when none does. A chain
 * of operators counts as depth too, since `a + b + c` is a tree that leans to the left.
 */
export function tooDeep(tokens: readonly Token[]): Token | undefined {
  const outer: number[] = []
  let depth = 0
  for (const token of tokens) {
    const { tokenType } = token
    if (openers.has(tokenType)) {
      outer.push(depth)
      depth += BRACKET_WEIGHT
    } else if (closers.has(tokenType)) depth = outer.pop() ?? 0
    else if (separators.has(tokenType)) depth = baseOf(outer)
    else if (tokenType === T.K.if) depth += BRACKET_WEIGHT
    else if (operators.has(tokenType)) depth++
    if (depth > MAX_DEPTH) return token
  }
  return undefined
}

/** What a clause or an item inside the open brackets starts from. */
function baseOf(outer: readonly number[]): number {
  return outer.length === 0 ? 0 : outer.at(-1)! + BRACKET_WEIGHT
}
