import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl/check'
import { displayWidth, format } from '#dsl/format'
import { isSheet, parse } from '#dsl/syntax'
import { readPack } from '../../runtime/commands/source.ts'

const textsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.axle'))
    .map(name => ({ name: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') }))
const samples = [...textsBelow('plugins'), ...textsBelow('examples'), ...textsBelow('test/golden/cases')]

type Texts = Readonly<Record<string, string>>
const mapTexts = (texts: Texts, change: (source: string) => string): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([file, source]) => [file, isSheet(file) ? source : change(source)]),
  )
const packs = new Map(
  await Promise.all(
    ['retail', 'manufacturing', 'education']
      .map(name => `plugins/${name}`)
      .concat(['examples/05-prices-and-splits', 'examples/07-aftersale', 'examples/08-field-repair'])
      .map(async folder => [folder, (await readPack(folder)) as Texts] as const),
  ),
)

/** The tokens but for newlines: full-width punctuation read as ASCII, a rule line as one of any length. */
const meaning = (text: string) =>
  parse(text)
    .tokens.filter(({ image }) => image !== '\n')
    .map(({ image, tokenType: { name } }) =>
      name === 'Rule' || name.startsWith("'") ? name : `${name} ${image.replace(/\r$/, '')}`,
    )

/** What lies between the tokens, blanks and newlines aside. */
const comments = (text: string) => {
  const { tokens } = parse(text)
  const edges = [0, ...tokens.flatMap(({ startOffset, endOffset }) => [startOffset, endOffset]), text.length]
  const trivia = edges.flatMap((from, index) =>
    index % 2 ? [] : [text.slice(from, edges[index + 1]).trim()],
  )
  return trivia.filter(comment => comment !== '')
}
const faults = (text: string) =>
  parse(text).faults.map(
    ({ kind, found, expected }) => `${kind} ${found.replace(/\r$/, '')} ${expected.join(' ')}`,
  )

function expectHarmless(source: string) {
  const once = format(source)
  const text = source.replace(/(?<![\\\r])\r$/, '')
  expect(meaning(once)).toEqual(meaning(text))
  expect(comments(once)).toEqual(comments(text))
  expect(faults(once)).toEqual(faults(`${text}\n`))
  expect(format(once)).toBe(once)
  expect(once).toMatch(/^$|[^\n]\n$/)
}

const blanks = fc.constantFrom('', ' ', '   ', '\n', '\n\n\n', '\t', '\u3000', '\r\n', '\r', '\n      ')
const words = fc.constantFrom(
  ...[
    '，',
    '、',
    '；',
    '：',
    '（',
    '）',
    '｛',
    '｝',
    '【',
    '】',
    '｜',
    '＝',
    '＜',
    '＞',
    '＋',
    '－',
    '＊',
    '／',
    '．',
  ],
  ...[
    '.',
    '..',
    '..<',
    '-',
    '->',
    '|',
    '||',
    '<',
    '=',
    '>',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ',',
    ':',
    ';',
    '/',
  ],
  ...['1', '05', '2026', '¥5', 'USD', 'x', '中', 'in', 'or', 'else', 'default', '5m', '5%', 'pack', 'enum'],
  ...['"a"', '“b”', '"', '\\', '#', '---', '// c', '//', 'table', '|---||---|', '"a\\\nb"'],
)
const anyText = fc.array(fc.tuple(words, blanks), { maxLength: 25 }).map(parts => parts.flat().join(''))

/** A sample with some of its tokens taken out, and others put in. */
const broken = fc
  .record({
    sample: fc.constantFrom(...samples),
    edits: fc.array(fc.tuple(fc.nat(), fc.option(fc.tuple(blanks, words, blanks))), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ sample, edits }) =>
    edits.reduce((text, [at, insert]) => {
      const { tokens } = parse(text)
      const { startOffset, endOffset } = tokens[at % tokens.length]!
      const rest = insert ? insert.join('') + text.slice(startOffset) : text.slice(endOffset)
      return text.slice(0, startOffset) + rest
    }, sample.text),
  )

describe('formatting', () => {
  test.each(samples)('$name keeps its meaning and is settled after one pass', ({ text }) => {
    expectHarmless(text)
  })

  test('keeps tokens, comments and faults of broken texts, and is settled after one pass', () => {
    fc.assert(fc.property(broken, expectHarmless), { numRuns: 300 })
  })

  test('keeps tokens, comments and faults of any text, and is settled after one pass', () => {
    fc.assert(fc.property(anyText, expectHarmless), { numRuns: 1500 })
  })

  test('keeps the example as it is', () => {
    const text = readFileSync('examples/05-prices-and-splits/shop.axle', 'utf8')
    expect(format(text)).toBe(text)
  })

  test.each([
    ['', ''],
    [' \n\n', ''],
    ['\ufeffenum A { 甲 }', 'enum A { 甲 }\n'],
    ['// a  \r\n\r\n\r\n// b', '// a\n\n// b\n'],
    ['enum   A{甲，乙、丙；丁 "，"}', 'enum A { 甲, 乙, 丙, 丁 "，" }\n'],
    ['form F{a:money in - ¥5 .. ¥1+b . c*2-d}', 'form F { a: money in -¥5..¥1 + b.c * 2 - d }\n'],
    ['form F{a:money=min (b,-c) default (d)}', 'form F { a: money = min(b, -c) default (d) }\n'],
    ['form F{a:set (text)? x:photo [1..6]}', 'form F{a:set (text)? x:photo [1..6]}\n'],
    ['form F{a:set (text)?;x:photo [1..6]}', 'form F { a: set(text)?; x: photo[1..6] }\n'],
    ['enum A { 甲 } //a', 'enum A { 甲 }  //a\n'],
  ])('%j becomes %j', (text, formatted) => {
    expect(format(text)).toBe(formatted)
  })

  test('indents by open brackets and by clauses that go on, and starts each declaration at the margin', () => {
    const text = ['form F {', 'a: bool = b', 'or c', '// d', 'e: money = sum(', 'f', ')', '}', 'enum A {']
    const rest = ['甲,', '乙', '}', 'form G {', '', '', 'enum B { 甲 }', '']
    const expected = [
      'form F {',
      '  a: bool = b',
      '    or c',
      '  // d',
      '  e: money = sum(',
      '    f',
      '  )',
      '}',
    ]
    const expectedRest = ['enum A {', '  甲,', '  乙', '}', 'form G {', '', 'enum B { 甲 }', '']
    expect(format([...text, ...rest].join('\n'))).toBe([...expected, ...expectedRest].join('\n'))
  })

  test('lines tables up by display width, over comments, blank lines and broken rows', () => {
    const text = [
      'table 费率{',
      '|等级|金额 :money||率:percent|',
      '|---|---||---|',
      '|>=金卡|- ||1% |// 老客户',
      '  // 新客户',
      '',
      '| < 金卡 |  # || 1% |  ',
      '|else||2%|',
      '}',
    ].join('\n')
    const expected = [
      'table 费率 {',
      '  | 等级    | 金额: money || 率: percent |',
      '  |---------|-------------||-------------|',
      '  | >= 金卡 | -           || 1%          |  // 老客户',
      '  // 新客户',
      '',
      '| < 金卡 |  # || 1% |  ',
      '  | else                  || 2%          |',
      '}',
      '',
    ].join('\n')
    expect(format(text)).toBe(expected)
  })

  test.each([
    ['ab', 2],
    ['中文', 4],
    ['ＡＢ', 4],
    ['🚀', 2],
    ['👨‍👩‍👧', 2],
    ['👍🏽', 2],
    ['❤️', 2],
    ['🇨🇳', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['한글', 4],
  ])('%s is %i columns wide', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  test('lines up cells that hold emoji and full-width letters', () => {
    const rows = ['| "🚀" || "ＡＢ" |', '| "👨‍👩‍👧x" || "中" |', '| else || "abcd" |']
    const text = `table 甲 {\n| 字: text || 值: text |\n|---||---|\n${rows.join('\n')}\n}`
    const lines = format(text)
      .split('\n')
      .filter(line => line.includes('|'))
    expect(new Set(lines.map(line => displayWidth(line))).size).toBe(1)
    expect(new Set(lines.map(line => displayWidth(line.slice(0, line.indexOf('||'))))).size).toBe(1)
  })

  test.each([...packs.keys()])(
    'what %s compiles to is the same, byte for byte, however it is laid out',
    folder => {
      const texts = packs.get(folder)!
      const compiled = (all: Texts) => JSON.stringify(checkPack(all).blueprint)
      const pressed = mapTexts(texts, source =>
        source.replace(/^[ \t]+/gm, '').replace(/(?<=\S) {2,}(?=[^\s/])/g, ' '),
      )
      const before = compiled(texts)
      expect(compiled(mapTexts(texts, format))).toBe(before)
      expect(compiled(mapTexts(pressed, format))).toBe(before)
    },
  )

  test('keeps neighbours below each other where the author put them, and no other run of blanks', () => {
    const text = [
      'form F {',
      '    名     : text    required   // 一',
      '    金额=  : int',
      '    说明   : text    required   // 二',
      '    手续费的说明: text  required',
      '    长长长 : text      max 5 // 三',
      '}',
    ]
    const sound = text.filter(line => !/[=<]/.test(line))
    expect(format(sound.join('\n'))).toBe(
      [
        'form F {',
        '  名     : text    required   // 一',
        '  说明   : text    required   // 二',
        '  手续费的说明: text required',
        '  长长长 : text max 5  // 三',
        '}',
        '',
      ].join('\n'),
    )
    expect(format(text.join('\n'))).toContain('\n    金额=  : int\n')
  })

  test('keeps the columns beside a line that is broken for the moment', () => {
    const text = 'form F {\n  甲   : text\n  乙丙 : =\n}\n'
    expect(format(text)).toBe(text)
  })

  test('lines comments up again when the lines before them grow', () => {
    const text = 'role 甲    // 一\nrole 乙,丙 // 二\nrole 丁      // 三\n'
    expect(format(text)).toBe('role 甲      // 一\nrole 乙, 丙  // 二\nrole 丁  // 三\n')
  })

  test.each([
    ['a fault', 'enum   A   {  x   y }  '],
    ['an unknown character', ' enum   A { # }\t'],
    ['an unclosed text', 'pack t  "t   '],
  ])('leaves a line with %s alone to the byte', (_, line) => {
    expect(format(`enum  B{x}\r\n${line}\n// d\n\nenum  C{x}`)).toBe(
      `enum B { x }\n${line}\n// d\n\nenum C { x }\n`,
    )
  })
})

describe('axle fmt', () => {
  const axle = (...args: string[]) =>
    spawnSync(process.execPath, ['runtime/cli.ts', ...args], { encoding: 'utf8' })
  const folderWith = (files: Record<string, string | Buffer>) => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }

  test('with --check names what would change, exits 1 and changes nothing; without, rewrites it once', () => {
    const folder = folderWith({ 'a.axle': 'enum A{x}', 'b.axle': 'enum B { x }\n' })
    const checked = axle('fmt', folder, '--check')
    expect(checked).toMatchObject({ status: 1, stdout: expect.stringMatching(/^\S*a\.axle\n$/) })
    expect(readFileSync(join(folder, 'a.axle'), 'utf8')).toBe('enum A{x}')
    expect(axle('fmt', folder)).toMatchObject({ status: 0, stdout: checked.stdout })
    expect(readFileSync(join(folder, 'a.axle'), 'utf8')).toBe('enum A { x }\n')
    expect(axle('fmt', folder, '--check')).toMatchObject({ status: 0, stdout: '' })
  })

  test('leaves a file that is not UTF-8 alone and says so', () => {
    const bytes = Buffer.concat([Buffer.from('enum A{x} // '), Buffer.from([0xbc, 0xd7])])
    const folder = folderWith({ 'a.axle': bytes })
    expect(axle('fmt', folder)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('UTF-8'),
    })
    expect(readFileSync(join(folder, 'a.axle')).equals(bytes)).toBe(true)
  })
})
