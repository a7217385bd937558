import type { IToken, TokenType } from 'chevrotain'
import { isCurrency } from '#core/values'
import * as T from './tokens.ts'

/** A token with its place: offsets in UTF-16 units, end exclusive. What lies between two tokens is trivia. */
export interface Token extends IToken {
  readonly endOffset: number
}

const wordStart = /[A-Za-z_\u00c0-\u024f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/
const wordPart = /[A-Za-z0-9_\u00b7\u00c0-\u024f\u0300-\u036f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]*/y
/** Signs as a Chinese keyboard writes them; `、` and `；` separate items as `，` does. */
const narrow: Readonly<Record<string, string>> = {
  ...{ '，': ',', '、': ',', '；': ',', '：': ':', '．': '.', '？': '?', '！': '!' },
  ...{ '（': '(', '）': ')', '｛': '{', '｝': '}', '【': '[', '】': ']', '［': '[', '］': ']' },
  ...{ '｜': '|', '＝': '=', '＜': '<', '＞': '>', '＋': '+', '－': '-', '＊': '*', '／': '/' },
}
const quotes: Record<string, string> = { '"': '"', '“': '”', '”': '”', '＂': '＂' }

const literals: [RegExp, TokenType][] = [
  [/\d{4}-\d{2}-\d{2}(?!\d)/y, T.Date],
  [/\d{1,2}:\d{2}(?!\d)/y, T.Time],
  [/\d+(?:\.\d+)?[%％]/y, T.Percent],
  [/\d+(?:mo|s|m|h|d|w)(?![A-Za-z0-9_])/y, T.Duration],
  [/\d+\.\d+/y, T.Decimal],
  [/\d+/y, T.Int],
]
const money = /(?:[¥￥]|[A-Z]{3} )(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y
const ruleLine = /[|｜][-－|｜:： \t\u3000]*(?=\r?\n|$)/y
/** Names that mean something on every JavaScript object (`__proto__`, `constructor`): as keys they would read as there. */
export const reservedNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
/** Signs by their first character, the longest first. */
const symbols = Map.groupBy(
  (Object.keys(T.P) as T.Punctuation[]).sort((a, b) => b.length - a.length),
  text => text[0]!,
)

/** Splits any string into tokens; never throws. Newlines come as End tokens, for `layout` to keep or drop. */
export function lex(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let lineStart = true
  while (at < source.length) {
    const char = source[at]!
    if (char === ' ' || char === '\t' || char === '\r' || char === '\u3000' || char === '\ufeff') at++
    else if (char === '/' && source[at + 1] === '/') at = endOfLine(source, at)
    else {
      const [kind, end] = scan(source, at, lineStart)
      tokens.push(token(source, kind, at, end))
      lineStart = char === '\n'
      at = end
    }
  }
  return tokens
}

function scan(source: string, at: number, lineStart: boolean): [TokenType, number] {
  const char = source[at]!
  if (char === '\n' || char === ';') return [T.End, at + 1]
  if (quotes[char]) return scanText(source, at)
  if (lineStart && (char === '|' || char === '｜')) {
    const end = match(ruleLine, source, at)
    // Why apart: looked for in the same pattern, the dashes of a long line would be tried at every place.
    if (end && /[-－]{3}/.test(source.slice(at, end))) return [T.Rule, end]
  }
  const moneyEnd = match(money, source, at)
  if (moneyEnd && (!/[A-Z]/.test(char) || isCurrency(source.slice(at, at + 3)))) return [T.Money, moneyEnd]
  if (wordStart.test(char)) {
    const end = match(wordPart, source, at)!
    return [kindOfWord(source.slice(at, end).normalize('NFC')), end]
  }
  if (char >= '0' && char <= '9') {
    for (const [pattern, kind] of literals) {
      const end = match(pattern, source, at)
      if (end) return [kind, end]
    }
  }
  const symbol = symbolAt(source, at)
  if (symbol) return [T.P[symbol], at + symbol.length]
  return [T.Unknown, at + String.fromCodePoint(source.codePointAt(at)!).length]
}

/** A word in NFC that still holds a combining mark looks like another word; one every object knows is no name. */
function kindOfWord(word: string): TokenType {
  if (/[\u0300-\u036f]/.test(word) || reservedNames.has(word)) return T.Unknown
  return T.wordKinds.get(word) ?? T.Word
}

/** The longest sign at a place, each of its characters in either width. */
function symbolAt(source: string, at: number): T.Punctuation | undefined {
  const charAt = (index: number) => narrow[source[at + index]!] ?? source[at + index]
  return symbols.get(charAt(0)!)?.find(text => {
    for (let i = 1; i < text.length; i++) if (charAt(i) !== text[i]) return false
    return true
  })
}

/** A text ends at its quote or, unclosed, at the end of its line, so that one slip costs one line. */
function scanText(source: string, at: number): [TokenType, number] {
  const close = quotes[source[at]!]!
  for (let i = at + 1; i < source.length && source[i] !== '\n'; i++) {
    if (source[i] === '\\') i++
    else if (source[i] === close) return [T.Text, i + 1]
  }
  return [T.Unknown, endOfLine(source, at)]
}

function match(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : undefined
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end
}

function token(source: string, kind: TokenType, startOffset: number, endOffset: number): Token {
  const image = source.slice(startOffset, endOffset)
  return { image, startOffset, endOffset, tokenType: kind, tokenTypeIdx: kind.tokenTypeIdx! }
}
