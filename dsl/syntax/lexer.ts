import type { IToken, TokenType } from 'chevrotain'
import { isCurrency } from '#core/values'
import { composed, Is, marks, narrowed, writingsOf } from './character.ts'
import * as T from './tokens.ts'

/** A token with its place: offsets in UTF-16 units, end exclusive. What lies between two tokens is trivia. */
export interface Token extends IToken {
  readonly endOffset: number
}

/** The opening and the closing quote. */
const quotes: ReadonlyMap<number, number> = new Map(
  ['""', '“”', '””', '＂＂'].map(pair => [pair.charCodeAt(0), pair.charCodeAt(1)]),
)
const [newline, slash, backslash, semicolon] = ['\n', '/', '\\', ';'].map(codeOf) as [
  number,
  number,
  number,
  number,
]
const bars: ReadonlySet<number> = new Set(writingsOf('|').map(codeOf))

/** Numbers that more belongs to than their digits. */
const literals: [RegExp, TokenType][] = [
  [/\d{4}-\d{2}-\d{2}(?!\d)/y, T.Date],
  [/\d{1,2}:\d{2}(?!\d)/y, T.Time],
  [/\d+(?:\.\d+)?[%％]/y, T.Percent],
  [/\d+(?:mo|s|m|h|d|w)(?![A-Za-z0-9_])/y, T.Duration],
  [/\d+\.\d+/y, T.Decimal],
]
/** What may stand behind the digits of such a number. */
const goesOn: ReadonlySet<number> = new Set([...'-:.%％smhdw'].map(codeOf))
const money = /(?:[¥￥]|[A-Z]{3} )(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y
const moneySigns: ReadonlySet<number> = new Set([codeOf('¥'), codeOf('￥')])
const ruleLine = /[|｜][-－|｜:： \t\u3000]*(?=\r?\n|$)/y
/** Names that mean something on every JavaScript object (`__proto__`, `constructor`): as keys they would read as there. */
export const reservedNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
/** Signs by how their first character may be written, the longest first. */
const signs = signsByCode()

/** Splits any string into tokens; never throws. Newlines come as End tokens, for `layout` to keep or drop. */
export function lex(source: string): Token[] {
  const tokens: Token[] = []
  const { length } = source
  let at = 0
  let isLineStart = true
  while (at < length) {
    const char = source.charCodeAt(at)
    if ((marks[char]! & Is.space) !== 0) at++
    else if (char === slash && source.charCodeAt(at + 1) === slash) at = endOfLine(source, at)
    else {
      const token = tokenAt(source, at, isLineStart)
      tokens.push(token)
      isLineStart = char === newline
      at = token.endOffset
    }
  }
  return tokens
}

function tokenAt(source: string, at: number, isLineStart: boolean): Token {
  const char = source.charCodeAt(at)
  const mark = marks[char]!
  if ((mark & Is.wordStart) !== 0) return moneyAt(source, at, char) ?? wordAt(source, at)
  if (char === newline || char === semicolon) return tokenOf(source, T.End, at, at + 1)
  if ((mark & Is.digit) !== 0) return numberAt(source, at)
  if (isLineStart && bars.has(char)) {
    const end = match(ruleLine, source, at)
    // Why apart: looked for in the same pattern, the dashes of a long line would be tried at every place.
    if (end && /[-－]{3}/.test(source.slice(at, end))) return tokenOf(source, T.Rule, at, end)
  }
  if (quotes.has(char)) return textAt(source, at)
  return signAt(source, at, char) ?? moneyAt(source, at, char) ?? unknownAt(source, at)
}

function moneyAt(source: string, at: number, char: number): Token | undefined {
  const isSigned = moneySigns.has(char)
  // Why looked at first: many words start with a capital, few have a space at their fourth place.
  if (!isSigned && source[at + 3] !== ' ') return undefined
  const end = match(money, source, at)
  if (!end || (!isSigned && !isCurrency(source.slice(at, at + 3)))) return undefined
  return tokenOf(source, T.Money, at, end)
}

function wordAt(source: string, at: number): Token {
  let end = at
  let seen = 0
  for (; end < source.length; end++) {
    const mark = marks[source.charCodeAt(end)]!
    if ((mark & Is.wordPart) === 0) break
    seen |= mark
  }
  const image = source.slice(at, end)
  const kind = (seen & Is.composing) === 0 ? kindOfWord(image) : kindOfComposed(composed(image))
  return { image, startOffset: at, endOffset: end, tokenType: kind, tokenTypeIdx: kind.tokenTypeIdx! }
}

/** A word in NFC that still holds a combining mark looks like another word. */
function kindOfComposed(word: string): TokenType {
  return /[\u0300-\u036f]/.test(word) ? T.Unknown : kindOfWord(word)
}

function kindOfWord(word: string): TokenType {
  return T.wordKinds.get(word) ?? (reservedNames.has(word) ? T.Unknown : T.Word)
}

function numberAt(source: string, at: number): Token {
  let end = at + 1
  while ((marks[source.charCodeAt(end)]! & Is.digit) !== 0) end++
  if (goesOn.has(source.charCodeAt(end)))
    for (const [pattern, kind] of literals) {
      const last = match(pattern, source, at)
      if (last) return tokenOf(source, kind, at, last)
    }
  return tokenOf(source, T.Int, at, end)
}

/** A text ends at its quote or, unclosed, at the end of its line, so that one slip costs one line. */
function textAt(source: string, at: number): Token {
  const close = quotes.get(source.charCodeAt(at))!
  for (let i = at + 1; i < source.length; i++) {
    const char = source.charCodeAt(i)
    if (char === newline) break
    if (char === backslash) i++
    else if (char === close) return tokenOf(source, T.Text, at, i + 1)
  }
  return tokenOf(source, T.Unknown, at, endOfLine(source, at))
}

/** The longest sign at a place, each of its characters in either width. */
function signAt(source: string, at: number, char: number): Token | undefined {
  for (const [text, kind] of signs.get(char) ?? none) {
    let length = 1
    while (length < text.length && narrowed(source[at + length]) === text[length]) length++
    if (length === text.length) return tokenOf(source, kind, at, at + length)
  }
  return undefined
}

function unknownAt(source: string, at: number): Token {
  return tokenOf(source, T.Unknown, at, at + String.fromCodePoint(source.codePointAt(at)!).length)
}

type Sign = readonly [text: T.Punctuation, kind: TokenType]
const none: readonly Sign[] = []

function signsByCode(): ReadonlyMap<number, readonly Sign[]> {
  const all = (Object.entries(T.P) as Sign[]).sort(([a], [b]) => b.length - a.length)
  const firsts = new Set(all.map(([text]) => text[0]!))
  return new Map(
    [...firsts].flatMap(first => {
      const own = all.filter(([text]) => text[0] === first)
      return writingsOf(first).map(char => [codeOf(char), own] as const)
    }),
  )
}

function match(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : undefined
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end
}

function tokenOf(source: string, kind: TokenType, startOffset: number, endOffset: number): Token {
  const image = source.slice(startOffset, endOffset)
  return { image, startOffset, endOffset, tokenType: kind, tokenTypeIdx: kind.tokenTypeIdx! }
}

function codeOf(char: string): number {
  return char.charCodeAt(0)
}
