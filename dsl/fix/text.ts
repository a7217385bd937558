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
  AX1004: removed,
  AX1007: removed,
  AX1008: renamedAll,
  AX1009: at => [
    insert(at, ['前面写「;」', 'Put “;” before it'], at.diagnostic.start, '; '),
    replace(at, ['删掉它', 'Remove it'], at.diagnostic, ''),
  ],
  AX1010: at => [changeTo(at, at.diagnostic, at.diagnostic.params['like']!)],
}

function* unexpected(at: Case): Generator<Draft> {
  const { source, diagnostic, written } = at
  if (written === '×' || written === '÷') yield changeTo(at, diagnostic, written === '×' ? '*' : '/')
  const tokens = lex(source)
  const here = tokens.findIndex(token => token.startOffset === diagnostic.start)
  const before = tokens[here - 1]
  const fits = (diagnostic.params['fits'] ?? '')
    .split(' ')
    .filter(word => word !== '' && !word.startsWith('@'))
  for (const token of [tokens[here], before])
    if (token && isWord(token))
      for (const word of nearWords(token.image, [...fits, ...keywords]))
        yield changeTo(at, spanOf(token), word)
  for (const word of new Set([...fits, ',', ')', ']', '}', '{', ':', '->'])) yield added(at, word, before)
  const lineStart = source.lastIndexOf('\n', diagnostic.start - 1) + 1
  const end = source.slice(0, lineStart).trimEnd().length
  if (declarationWords.has(written) && source.slice(lineStart, diagnostic.start).trim() === '')
    yield insert(at, ['在这之前补上「}」', 'Add “}” before this'], end, '\n}')
  yield* removed(at)
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
