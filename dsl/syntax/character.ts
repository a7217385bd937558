/** What a UTF-16 unit may be to the lexer; one unit may be several of these. */
export const Is = { space: 1, wordStart: 2, wordPart: 4, digit: 8, composing: 16 } as const

/** The marks of every UTF-16 unit, a look-up instead of a pattern for each character. */
export const marks = new Uint8Array(0x1_0000)

mark(Is.space, ' \t\r\u3000\ufeff')
mark(Is.digit | Is.wordPart, ['09'])
mark(Is.wordStart | Is.wordPart, ['AZ', 'az', '__', '\u00c0\u024f', '\u3400\u4dbf', '\u4e00\u9fff'])
mark(Is.wordPart, ['\u00b7\u00b7'])
// What NFC may join to its neighbour or replace.
mark(Is.wordPart | Is.composing, ['\u0300\u036f'])
mark(Is.wordStart | Is.wordPart | Is.composing, ['\uf900\ufaff'])

/** Signs as a Chinese keyboard writes them; `、` and `；` separate items as `，` does. */
const narrow: Readonly<Record<string, string>> = {
  ...{ '，': ',', '、': ',', '；': ',', '：': ':', '．': '.', '？': '?', '！': '!' },
  ...{ '（': '(', '）': ')', '｛': '{', '｝': '}', '【': '[', '】': ']', '［': '[', '］': ']' },
  ...{ '｜': '|', '＝': '=', '＜': '<', '＞': '>', '＋': '+', '－': '-', '＊': '*', '／': '/' },
}

/** A sign of either width in its narrow form; every other character as it is. */
export function narrowed(char: string | undefined): string | undefined {
  return char === undefined ? undefined : (narrow[char] ?? char)
}

/** The characters that read as a sign: itself, and its wide forms. */
export function writingsOf(sign: string): string[] {
  return [sign, ...Object.keys(narrow).filter(wide => narrow[wide] === sign)]
}

/** A word in NFC. */
export function composed(word: string): string {
  for (let i = 0; i < word.length; i++)
    if ((marks[word.charCodeAt(i)]! & Is.composing) !== 0) return word.normalize('NFC')
  return word
}

/** Marks characters one by one, or ranges given by their first and last. */
function mark(as: number, which: string | readonly string[]): void {
  const ranges = typeof which === 'string' ? [...which].map(char => char + char) : which
  for (const range of ranges)
    for (let code = range.charCodeAt(0); code <= range.charCodeAt(1); code++) marks[code]! |= as
}
