import { nearWords } from '#dsl/service'
import { declarationWords, keywords, lex, type Token } from '#dsl/syntax'
import { changeTo, insert, replace, type Case, type Draft, type Drafter } from './draft.ts'

/** Ways out where the text itself cannot be read. */
export const textFixes: Readonly<Record<string, Drafter>> = {
  AX1001: unexpected,
  AX1002: at => {
    const missing = unclosed(at.source)
    return [
      insert(at, [`补上「${missing}」`, `Add “${missing}”`], at.source.trimEnd().length, `\n${missing}`),
    ]
  },
  AX1003: openText,
  AX1004: function* (at) {
    yield* plainSign(at)
    yield* removed(at)
  },
  AX1007: removed,
  AX1008: renamedAll,
  AX1009: function* (at) {
    yield* misspelt(at)
    yield insert(at, ['前面写「;」', 'Put “;” before it'], at.diagnostic.start, '; ')
    yield* removed(at)
  },
  AX1010: at => [changeTo(at, at.diagnostic, at.diagnostic.params['like']!)],
}

function* unexpected(at: Case): Generator<Draft> {
  const { source, diagnostic, written } = at
  yield* misspelt(at)
  const { tokens, here, fits } = placeOf(at)
  const before = tokens[here - 1]
  const lineStart = source.lastIndexOf('\n', diagnostic.start - 1) + 1
  const end = source.slice(0, lineStart).trimEnd().length
  if (declarationWords.has(written) && source.slice(lineStart, diagnostic.start).trim() === '')
    yield insert(at, ['在这之前补上「}」', 'Add “}” before this'], end, '\n}')
  if (written === '(' || written === '（') yield* bracesFor(at, tokens.slice(here))
  for (const word of new Set([...fits, ',', ')', ']', '}', '{', ':', '->'])) yield added(at, word, before)
  if (isWord(tokens[here] ?? EMPTY))
    yield insert(at, ['后面补上「:」', 'Put “:” behind it'], diagnostic.end, ':')
  yield* removed(at)
}

const EMPTY = { image: '' } as Token

function placeOf({ source, diagnostic }: Case): { tokens: Token[]; here: number; fits: string[] } {
  const tokens = lex(source)
  const here = tokens.findIndex(token => token.startOffset === diagnostic.start)
  const fits = (diagnostic.params['fits'] ?? '')
    .split(' ')
    .filter(word => word !== '' && !word.startsWith('@'))
  return { tokens, here, fits }
}

/** The word that does not fit, or the one before it, as a word of the language that is near to it. */
function* misspelt(at: Case): Generator<Draft> {
  const { tokens, here, fits } = placeOf(at)
  const sign = signs[at.written]
  if (sign) yield changeTo(at, at.diagnostic, sign)
  for (const token of [tokens[here], tokens[here - 1]])
    if (token && isWord(token))
      for (const word of nearWords(token.image, [...fits, ...keywords]))
        yield changeTo(at, spanOf(token), word)
}

/** Signs of mathematics and of other keyboards as the language writes them. */
const signs: Readonly<Record<string, string>> = {
  ...{
    '×': '*',
    '÷': '/',
    '→': '->',
    '⇒': '->',
    '≤': '<=',
    '≥': '>=',
    '≠': '!=',
    '−': '-',
    '–': '-',
    '—': '-',
  },
  ...{ '…': '..', '≦': '<=', '≧': '>=' },
}
const closingQuotes: Readonly<Record<string, string>> = {
  "'": "'",
  '‘': '’',
  '’': '’',
  '「': '」',
  '『': '』',
  '`': '`',
}

/** A sign of another keyboard in the language's own writing; a pair of quotes at once. */
function* plainSign(at: Case): Generator<Draft> {
  const { source, diagnostic, written } = at
  const sign = signs[written]
  if (sign) yield changeTo(at, diagnostic, sign)
  const close = closingQuotes[written]
  const lineEnd = source.indexOf('\n', diagnostic.end)
  const other = close === undefined ? -1 : source.indexOf(close, diagnostic.end)
  if (close === undefined || other < 0 || (lineEnd >= 0 && other > lineEnd)) return
  const { file } = diagnostic
  const edits = [diagnostic.start, other].map(start => ({ file, start, end: start + 1, text: '"' }))
  yield { title: ['改为双引号', 'Use double quotes'], edits }
}

/** Round brackets around a block as braces. */
function* bracesFor(at: Case, tokens: readonly Token[]): Generator<Draft> {
  let depth = 0
  for (const { image, startOffset: start } of tokens) {
    if ('(（'.includes(image)) depth++
    if (!')）'.includes(image) || --depth > 0) continue
    const { file } = at.diagnostic
    const open = { file, start: at.diagnostic.start, end: at.diagnostic.end, text: '{' }
    return yield {
      title: ['改为大括号', 'Use braces'],
      edits: [open, { file, start, end: start + 1, text: '}' }],
    }
  }
}

/** A word or sign in front of what does not fit; closing signs and commas close up to what is before them. */
function added(at: Case, word: string, before: Token | undefined): Draft {
  const isTight = [',', ')', ']', ':'].includes(word)
  const offset = isTight ? (before?.endOffset ?? at.diagnostic.start) : at.diagnostic.start
  return insert(at, [`补上「${word}」`, `Add “${word}”`], offset, isTight ? word : `${word} `)
}

function isWord({ image }: Token): boolean {
  return /^[\p{L}_]/u.test(image)
}

function spanOf({ startOffset: start, endOffset: end }: Token) {
  return { start, end }
}

function removed(at: Case): Draft[] {
  return [replace(at, ['删掉它', 'Remove it'], at.diagnostic, '')]
}

/** The closing brackets that a text lacks at its end, the innermost first. */
function unclosed(source: string): string {
  const closing: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' }
  const open: string[] = []
  for (const { image } of lex(source)) {
    const sign = image.normalize('NFKC').replace('【', '[').replace('】', ']')
    if (closing[sign]) open.push(closing[sign])
    else if (sign === open.at(-1)) open.pop()
  }
  return open.reverse().join(' ') || '}'
}

/** A quote behind each word of the open text, the longest text first. */
function openText(at: Case): Draft[] {
  const { diagnostic, written } = at
  const quote = /^[“”]/.test(written) ? '”' : written[0]!
  const ends = [...written.matchAll(/[^\s{},，|｜]+(?=[\s{},，|｜]|$)/g)].map(
    ({ 0: word, index }) => index + word.length,
  )
  return ends.reverse().map(end => insert(at, ['补上引号', 'Add the quote'], diagnostic.start + end, quote))
}

/** The word with a line behind it, wherever it stands in the file. */
function renamedAll(at: Case): Draft[] {
  const { source, diagnostic, written } = at
  const edits = lex(source)
    .filter(({ image }) => image === written)
    .map(token => ({ file: diagnostic.file, ...spanOf(token), text: `${written}_` }))
  return [{ title: [`改名为「${written}_」`, `Rename to “${written}_”`], edits }]
}
