import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { helpOf, messageOf } from '#dsl/diagnostics'
import { format } from '#dsl/format'
import { parse, print } from '#dsl/syntax'

const CI_RUNS = 100_000
const runs = process.env.CI ? CI_RUNS : 2_000

/** Declarations of the three packs, each short enough to check many thousand times. */
const declarations = ['education', 'manufacturing', 'retail'].flatMap(pack =>
  readdirSync(`plugins/${pack}`, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.axle'))
    .flatMap(name => readFileSync(`plugins/${pack}/${name}`, 'utf8').split(/\n(?=[a-z])/)),
)

const junk = fc.constantFrom(
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '|',
    '||',
    '->',
    '..<',
    '，',
    '；',
    '＝',
    '－＞',
    ':',
    ';',
    '\n',
    '"',
    '“',
    '-',
  ],
  ...['\0', '\ud800', '\udc00', '\u202e', '\u2066', '\ufeff', '\u3000', 'e\u0301', 'р', '𠮷', '//', '\r\n'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'pack',
    'table',
    'ticket',
    'else',
    'of',
    'not',
  ],
  ...[
    '99999999999999999999d',
    '1000000mo',
    '2026-02-30',
    '25:00',
    '¥1,0',
    '9'.repeat(400),
    '1e9',
    'photo[9..1]',
  ],
  ...['|---|', 'a.b.c', '-'.repeat(40), 'not '.repeat(40), '('.repeat(60)],
)
const declaration = fc.constantFrom(...declarations)
const place = fc.double({ min: 0, max: 1, noNaN: true })

/** A declaration with a piece cut out, doubled or replaced at some places. */
const mutated = fc
  .tuple(
    declaration,
    fc.array(fc.tuple(place, fc.nat(12), fc.oneof(junk, fc.string({ unit: 'binary', maxLength: 4 }))), {
      maxLength: 4,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((source, [share, length, piece]) => {
      const at = Math.floor(share * source.length)
      return source.slice(0, at) + piece + source.slice(at + length)
    }, text),
  )
const crossed = fc
  .tuple(declaration, declaration, place, place)
  .map(([a, b, x, y]) => a.slice(0, x * a.length) + b.slice(y * b.length))
const generated = fc
  .array(fc.oneof(junk, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 30 })
  .map(words => words.join(' '))

/** What must hold of any text: it comes back whole, and each finding lies inside it and says what to do. */
function examine(source: string): void {
  expect(print(parse(source))).toBe(source)
  const { diagnostics, blueprint } = checkPack({ 'a.axle': source })
  for (const finding of diagnostics) {
    const inside = 0 <= finding.start && finding.start <= finding.end && finding.end <= source.length
    if (!inside) expect.fail(`${finding.code} lies outside: ${finding.start}..${finding.end}`)
    for (const language of ['zh', 'en'] as const)
      if (helpOf(finding, language) === '' || messageOf(finding, language) === '')
        expect.fail(`${finding.code} says nothing`)
  }
  JSON.stringify(blueprint)
}

describe('hostile text', () => {
  test('is read, checked and given back, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(mutated, crossed, generated), examine), { numRuns: runs })
  }, 120_000)

  const long: [string, string][] = [
    ['ten megabytes of one letter', 'a'.repeat(10_000_000)],
    ['a text at the limit that nobody can read', '#'.repeat(2_000_000)],
    ['two million characters of stray words', 'enum )\n'.repeat(280_000)],
    ['a rule line that breaks off after a million dashes', `table 表 {\n|${'-'.repeat(1_000_000)}x\n}`],
    ['a number of a million digits', `form 单 { 钱: money default ¥${'9'.repeat(1_000_000)} }`],
    ['a percent of half a million digits', `form 单 { 率: percent default ${'9'.repeat(500_000)}.5% }`],
    ['ten thousand open brackets', `form 单 { 数: int = ${'('.repeat(10_000)} }`],
    ['ten thousand blocks', '{'.repeat(10_000)],
    [
      'ten thousand lists',
      `enum A { x }\nsetting 数: int default ${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    ],
    ['ten thousand sums', `form 单 { 数: int = 1${' + 1'.repeat(10_000)} }`],
    ['ten thousand nots', `form 单 { 数: bool = ${'not '.repeat(10_000)}true }`],
    ['ten thousand minuses', `form 单 { 数: int = ${'-'.repeat(10_000)}1 }`],
    ['ten thousand ifs', `form 单 { 数: int = ${'if true then 1 else '.repeat(10_000)}1 }`],
    ['ten thousand members', `form 单 { 数: int = a${'.a'.repeat(10_000)} }`],
    ['ten thousand calls', `form 单 { 数: int = a${'()'.repeat(10_000)} }`],
    ['ten thousand nested types', `form 单 { 数: ${'list('.repeat(10_000)}int${')'.repeat(10_000)} }`],
    ['ten thousand shares', `settle 分 on a.b { split { ${'甲 1% { '.repeat(10_000)} }`],
    ['one line of half a million fields', `form 单 { ${'a: int, '.repeat(250_000)} }`],
    ['fifty thousand broken clauses', `enum A { ${'x y\n'.repeat(50_000)} }`],
  ]
  // The time limit only says that it ends at all.
  test.each(long)('of %s is answered', (_, source) => examine(source), 60_000)

  test('beyond the limit is formatted to itself', () => {
    for (const source of ['甲 '.repeat(1_000_001), `form 单 { 数: int = ${'('.repeat(60)}1 }\n`])
      expect(format(source)).toBe(source)
  })

  test('as deep as allowed is read, checked and compiled', () => {
    const brackets = `pack t "t" version 1\nform 单 { 数: int = ${'('.repeat(48)}1${')'.repeat(48)} }`
    const sums = `pack t "t" version 1\nform 单 { 数: int = 1${' + 1'.repeat(240)} }`
    for (const source of [brackets, sums])
      expect(checkPack({ a: source }).diagnostics.map(({ code }) => code)).toEqual([])
  })

  test.each(['\u202e', '\u2066', '\u200f', '\0', '\x1b', '\ud800', '\udc00'])(
    'hides no %j: in a name, a text or a comment it is found where it stands',
    char => {
      const [name, text, comment] = [
        `enum A { 甲${char} }`,
        `enum A { 甲 "乙${char}" }`,
        `enum A { 甲 } // ${char}`,
      ]
      for (const source of [name, text, comment])
        expect(checkPack({ a: `pack t "t" version 1\n${source}` }).diagnostics).toMatchObject([
          { code: 'AX1007', start: 21 + source.indexOf(char), end: 22 + source.indexOf(char) },
        ])
    },
  )

  test('keeps the joiners of emoji', () => {
    expect(checkPack({ a: 'pack t "👨‍👩‍👧 店" version 1\n' }).diagnostics).toEqual([])
  })

  test('names are one in NFC, however they were typed', () => {
    const source = 'pack t "t" version 1\nenum caf\u00e9 { x }\nform 单 { 数: cafe\u0301 default x }'
    expect(checkPack({ a: source }).diagnostics).toEqual([])
  })
})
