import type { IParserErrorMessageProvider, TokenType } from 'chevrotain'
import * as T from './tokens.ts'

/** Between the words of a list; no token holds it. */
const SEPARATOR = '\n'
/** More would be no help. */
const MAX_EXPECTED = 6
/** Where all of these fit, any value does. */
const values: ReadonlySet<TokenType> = new Set([T.Int, T.Text, T.Money, T.P['('], T.K.true])

/** What the parser says instead of a sentence: the words that would have fitted, as `expectedIn` reads them. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => listed([expected]),
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: ({ expectedPathsPerAlt }) => listed(expectedPathsPerAlt.flat().map(first)),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => listed(expectedIterationPaths.map(first)),
}

/** The closing of a block whose items stand between commas. */
export const endOfList = { ERR_MSG: [',', '}'].join(SEPARATOR) }

/**
 * What would have fitted where a token did not, from the message of the parser’s error: words and signs as they are
 * written, `@word`, `@value`, `@end`, `@text` and the like for kinds of token; empty where too much would, and where a block
 * could only have ended: another clause would have fitted as well.
 */
export function expectedIn(message: string): string[] {
  const words = message === '' ? [] : message.split(SEPARATOR)
  const isWeak = words.length === 1 && words[0] === '}'
  return isWeak || words.length > MAX_EXPECTED ? [] : words
}

function first(path: readonly TokenType[]): TokenType {
  return path[0]!
}

function listed(kinds: readonly (TokenType | undefined)[]): string {
  const known = new Set(kinds.filter(kind => kind !== undefined))
  const isValue = [...values].every(kind => known.has(kind))
  const rest = isValue ? ['@value'] : [...known].map(wordOf)
  return [...new Set(rest)].join(SEPARATOR)
}

function wordOf(kind: TokenType): string {
  const { name } = kind
  return name.startsWith("'") ? name.slice(1, -1) : `@${name.toLowerCase()}`
}
