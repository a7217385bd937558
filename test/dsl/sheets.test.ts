import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { checkPack, createChecker, examine } from '#dsl'
import { mergeTexts, placeOf, sayConflict } from '#dsl/change'
import { diagnose, outline } from '#dsl/service'
import { readSheet } from '#core/sheet'

const fields = (source: string) => readSheet(source).rows.map(row => row.fields.map(({ text }) => text))

describe('a sheet', () => {
  test.each<readonly [string, string, string[][]]>([
    [
      'lines and commas',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a last line without its end',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'carriage returns',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a byte order mark',
      '\ufeffa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quoted commas and line breaks',
      '"a,b","c\nd"\n1,2',
      [
        ['a,b', 'c\nd'],
        ['1', '2'],
      ],
    ],
    ['doubled quotes', 'x,"say ""hi"""\n', [['x', 'say "hi"']]],
    [
      'empty fields',
      'a,,c\n,,\n',
      [
        ['a', '', 'c'],
        ['', '', ''],
      ],
    ],
    ['blanks around fields', ' a , b\t\n', [['a', 'b']]],
    ['empty lines', 'a\n\n\nb\n', [['a'], ['b']]],
    [
      'full-width commas',
      '列一，列二\n甲，"乙，丙"\n',
      [
        ['列一', '列二'],
        ['甲', '乙，丙'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1,5\t2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'semicolons',
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'full-width quotes',
      'a,b\n“x,y”,2\n',
      [
        ['a', 'b'],
        ['“x,y”', '2'],
      ],
    ],
    [
      'a quote inside of a field',
      'a,b\n5" pipe,2\n',
      [
        ['a', 'b'],
        ['5" pipe', '2'],
      ],
    ],
    [
      'a comma at the end',
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['nothing', '', []],
  ])('holds %s', (_, source, expected) => {
    expect(fields(source)).toEqual(expected)
  })

  test('of any texts is read as it was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '，', '“', '款', ';', ' ') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, rows => {
        const source = `a,b\n${rows.map(row => row.map(quoted).join(',')).join('\n')}`
        expect(fields(source)).toEqual([['a', 'b'], ...rows])
        for (const { fields: found } of readSheet(source).rows)
          for (const { text, start, end } of found)
            expect(source.slice(start, end).replaceAll('""', '"')).toBe(text)
      }),
    )
  })

  test('of any text at all is read without an end of patience', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), source => {
        for (const row of readSheet(source).rows) expect(row.end).toBeLessThanOrEqual(source.length)
      }),
    )
  })
})

const head = `pack t "t" version 1
use region china
enum 等级 ordered { 普通, 金卡 }
`
const columns =
  '  | 等级 | 金额: money | region | 词: text || 率: percent | 话: text |\n  |---|---|---|---||---|---|\n'
const rows = [
  ['>= 金卡', '-', '-', '-', '0%', '"金卡, 免"'],
  ['普通', '< ¥1,000', '华东, 华南', '"a", "b"', '12.5%', '"少"'],
  ['not 金卡', '¥1,000..<¥2,000', 'not 华东', '-', '5%', '-'],
  ['普通', '> ¥5..¥6', '-', 'not "x"', '1%', '"五"'],
]
const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const inText = (given: readonly (readonly string[])[]) =>
  given.map(cells => `  | ${cells.slice(0, 4).join(' | ')} || ${cells.slice(4).join(' | ')} |\n`).join('')
const inSheet = (given: readonly (readonly string[])[]) =>
  `等级,金额,region,词,率,话\n${given.map(cells => cells.map(quote).join(',')).join('\n')}\n`
const table = (body: string) => `${head}table 费率 partial first {\n${columns}${body}}\n`
const tableOf = (texts: Record<string, string>) => {
  const { diagnostics, blueprint } = checkPack(texts)
  expect(diagnostics).toEqual([])
  return blueprint.tables.费率
}

describe('rows from a sheet', () => {
  const fromSheet = table('  rows from "费率.csv"\n')

  test('are those that stand in the text', () => {
    const expected = tableOf({ 'p.axle': table(inText(rows)) })
    expect(tableOf({ 'p.axle': fromSheet, '费率.csv': inSheet(rows) })).toEqual(expected)
    const both = table(`${inText(rows.slice(0, 1))}  rows from "费率.csv"\n`)
    expect(tableOf({ 'p.axle': both, '费率.csv': inSheet(rows.slice(1)) })).toEqual(expected)
    expect(tableOf({ 'd/p.axle': fromSheet, 'd/费率.csv': inSheet(rows) })).toEqual(expected)
  })

  test('find their columns by name, and nothing is a dash', () => {
    const expected = tableOf({
      'p.axle': table(
        inText([
          ['普通', '-', '-', '"退款"', '1%', '"好"'],
          ['-', '-', '-', '-', '2%', '-'],
        ]),
      ),
    })
    const turned = '话,率,词,region,金额,等级\n好,1%,退款,,,普通\n,2%,,,,\n'
    expect(tableOf({ 'p.axle': fromSheet, '费率.csv': turned })).toEqual(expected)
  })

  test('may end with else', () => {
    const text = `${head}table 费率 {\n  | 等级 || 率: percent |\n  |---||---|\n`
    const expected = tableOf({ 'p.axle': `${text}  | 金卡 || 0% |\n  | else || 1% |\n}\n` })
    const sheet = '等级,率\n金卡,0%\nelse,1%\n'
    expect(tableOf({ 'p.axle': `${text}  rows from "r.csv"\n}\n`, 'r.csv': sheet })).toEqual(expected)
  })

  test('are proved like any others, and found where they stand', () => {
    const gap = `${head}table 费率 {\n  | 等级 | 数: int || 率: percent |\n  |---|---||---|\n  rows from "r.csv"\n}\n`
    const texts = { 'p.axle': gap, 'r.csv': '等级,数,率\n金卡,> 0,0%\n普通,-,1%\n金卡,5,2%\n' }
    const found = diagnose(texts, 'en').map(({ code, file, range }) => [code, file, range.startLine])
    expect(found).toEqual([
      ['AX4104', 'p.axle', expect.any(Number)],
      ['AX4105', 'r.csv', 4],
    ])
  })

  test('of ten thousand are the same as in the text and read about as fast', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => [
      at % 2 === 0 ? '普通' : '金卡',
      `¥${at}..<¥${at + 1}`,
      at % 3 === 0 ? '-' : '上海',
      `"w${at}"`,
      `${at % 100}%`,
      `"第 ${at} 行, 好"`,
    ])
    // Why collect: nothing is to be proved of its rows, which would take longer than reading them.
    const all = (text: string) => text.replace('partial first', 'partial collect')
    const timed = (texts: Record<string, string>) => {
      const begin = performance.now()
      return { found: JSON.stringify(tableOf(texts)), took: performance.now() - begin }
    }
    const expected = timed({ 'p.axle': all(table(inText(many))) })
    const { found, took } = timed({ 'p.axle': all(fromSheet), '费率.csv': inSheet(many) })
    expect(found === expected.found).toBe(true)
    expect(took).toBeLessThan(4 * expected.took)
  })

  test('of a library leave out what they do not say', () => {
    const library = (body: string) =>
      `${head}library 备件 {\n  料号: text key, 名: text, 价: money?, 级: 等级 default 普通, 重: decimal?\n${body}}\n`
    const sheet = library('  | 料号 | 名 |\n  |---|---|\n  | "P-0" | "零" |\n  rows from "parts.csv"\n')
    const { diagnostics, blueprint } = checkPack({
      'p.axle': sheet,
      'parts.csv': '\ufeff料号,价,名,级\r\nP-1,¥80,"阀, 大",金卡\r\n"P-2",,管,\r\n',
    })
    expect(diagnostics).toEqual([])
    expect(blueprint.library.备件).toEqual({
      'P-0': { 料号: 'P-0', 名: '零' },
      'P-1': { 料号: 'P-1', 名: '阀, 大', 价: '80', 级: '金卡' },
      'P-2': { 料号: 'P-2', 名: '管' },
    })
  })

  test('of a test are its cases', () => {
    const text =
      table(`${inText(rows)}`) +
      'test 费率 {\n  | 等级 | 金额 | region | 词 || 率 |\n  |---|---|---|---||---|\n  rows from "cases.csv"\n}\n'
    const { diagnostics, blueprint, cases } = checkPack({
      'p.axle': text,
      'cases.csv': '等级,金额,region,词,率\n金卡,¥1,北京,z,0%\n普通,¥999,上海,a,12.5%\n普通,¥999,上海,z,-\n',
    })
    expect(diagnostics).toEqual([])
    expect(examine(blueprint, cases).map(({ differences }) => differences)).toEqual([{}, {}, {}])
  })

  test('are read again when the sheet alone has changed', () => {
    const check = createChecker()
    const texts = { 'p.axle': fromSheet, '费率.csv': inSheet(rows) }
    expect(check(texts).blueprint.tables.费率!.rows).toHaveLength(4)
    const wrong = { ...texts, '费率.csv': inSheet(rows).replace('12.5%', '12.5') }
    expect(check(wrong).diagnostics.map(({ code, file }) => [code, file])).toEqual([['AX3001', '费率.csv']])
    expect(check(texts).diagnostics).toEqual([])
    const moved = { ...wrong, 'p.axle': `// 一行\n${fromSheet}` }
    expect(check(moved).diagnostics).toEqual(checkPack(moved).diagnostics)
  })

  test('cannot break out of their cells', () => {
    const text = `${head}table 费率 partial {\n  | 数: int || 话: text |\n  |---||---|\n  rows from "r.csv"\n}\n`
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('|', '}', '{', '\n', '"', '1', ' ', '/', ';', 'x', '，', '-') }),
        cell => {
          const sheet = `数,话\n${quote(cell)},"a|b } // c"\n1,好\n`
          const { blueprint, diagnostics } = checkPack({ 'p.axle': text, 'r.csv': sheet })
          expect(Object.keys(blueprint.tables)).toEqual(['费率'])
          expect(blueprint.tables.费率!.rows.at(-1)).toMatchObject({ then: ['好'] })
          for (const { file, start, end } of diagnostics)
            expect(file === 'r.csv' ? end <= sheet.length && start <= end : end <= text.length).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('do not disturb who reads the texts alone', () => {
    const texts = { 'p.axle': fromSheet, '费率.csv': `table 假 {\n${inSheet(rows)}` }
    expect(outline(texts).map(({ name }) => name)).not.toContain('假')
  })
})

describe('two changed texts of a sheet', () => {
  const sheet = (...lines: readonly string[]) => ({ 'a.csv': `级,费,说明\n${lines.join('\n')}\n` })
  const base = sheet('低,¥10,"a, b"', '中,¥20,http://x', '高,¥30,')

  test('merge row by row; a row that both changed is the only conflict', () => {
    const mine = sheet('低,¥11,"a, b"', '中,¥21,http://x', '高,¥30,')
    const theirs = sheet('低,¥10,"a, b"', '中,¥22,http://x', '高,¥33,', '顶,¥50,')
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(texts).toEqual(sheet('低,¥11,"a, b"', '中,¥21,http://x', '高,¥33,', '顶,¥50,'))
    expect(conflicts).toMatchObject([
      { kind: 'both-changed', base: '中,¥20,http://x', theirs: '中,¥22,http://x' },
    ])
    expect(sayConflict(conflicts[0]!, 'zh')).toBe('行 中: 本企业和新版都改了')
    const place = placeOf(conflicts[0]!)
    const taken = mergeTexts({ base, mine, theirs }, new Map([[place, { how: 'take' }]]))
    expect(taken.texts['a.csv']).toContain('低,¥11,"a, b"\n中,¥22,http://x\n')
    const written = new Map([[place, { how: 'merge', text: '中,¥21.50,' } as const]])
    expect(mergeTexts({ base, mine, theirs }, written).texts['a.csv']).toContain('\n中,¥21.50,\n')
  })

  test('a change behind what the language would take for a comment is a change', () => {
    const mine = sheet('低,¥10,"a, b"', '中,¥20,http://y', '高,¥30,')
    const theirs = sheet('低,¥10,"a, b"', '中,¥20,http://z', '高,¥30,')
    expect(mergeTexts({ base, mine, theirs }).conflicts).toHaveLength(1)
  })

  test('are a conflict as a whole where the columns differ or a row cannot be told from another', () => {
    const other = { 'a.csv': '级,费\n低,¥10\n' }
    const mine = sheet('低,¥11,"a, b"', '中,¥20,http://x', '高,¥30,')
    expect(mergeTexts({ base, mine, theirs: other }).conflicts).toMatchObject([
      { path: [], mine: mine['a.csv'] },
    ])
    const twice = sheet('低,¥1,', '低,¥1,')
    const changed = { base: twice, mine: sheet('低,¥2,', '低,¥1,'), theirs: sheet('低,¥1,', '低,¥3,') }
    expect(mergeTexts(changed).conflicts).toMatchObject([{ path: [] }])
  })

  test('lose no row that either side changed, added or removed', () => {
    const aRow = fc.record({ at: fc.nat(7), how: fc.constantFrom('raise', 'drop', 'add' as const) })
    const rowsOf = (edits: ReadonlyMap<number, string>, name: string) =>
      Array.from({ length: 8 }, (_, index) => index).flatMap(index => {
        const how = edits.get(index)
        if (how === 'drop') return []
        const row = `行${index},${how === 'raise' ? `¥${index}9` : `¥${index}`},`
        return how === 'add' ? [row, `新${index}${name},¥1,`] : [row]
      })
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 4 }), fc.array(aRow, { maxLength: 4 }), (one, other) => {
        const first = new Map(one.map(({ at, how }) => [at, how]))
        const second = new Map(other.flatMap(({ at, how }) => (first.has(at) ? [] : [[at, how] as const])))
        const [mine, theirs] = [sheet(...rowsOf(first, '甲')), sheet(...rowsOf(second, '乙'))]
        const both = new Map([...first, ...second])
        const wanted = rowsOf(both, '?').map(row =>
          row.replace('?', first.has(Number(/^新(\d)/.exec(row)?.[1] ?? -1)) ? '甲' : '乙'),
        )
        const start = sheet(...rowsOf(new Map(), ''))
        const merged = mergeTexts({ base: start, mine, theirs })
        expect(merged).toEqual({ texts: sheet(...wanted), conflicts: [] })
      }),
      { numRuns: 300 },
    )
  })

  test('of twenty thousand rows merge while somebody waits', () => {
    const long = (price: (index: number) => string) =>
      sheet(...Array.from({ length: 20_000 }, (_, index) => `行${index},${price(index)},`))
    const start = performance.now()
    const { texts, conflicts } = mergeTexts({
      base: long(index => `¥${index}`),
      mine: long(index => (index % 100 === 0 ? '¥1.50' : `¥${index}`)),
      theirs: long(index => (index % 100 === 50 ? '¥2.50' : `¥${index}`)),
    })
    expect([conflicts.length, texts['a.csv']!.split('.50').length - 1]).toEqual([0, 400])
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})

describe('axle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axle-sheets-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'p.axle'), table('  rows from "费率.csv"\n'))
  writeFileSync(join(folder, '费率.csv'), inSheet(rows))
  const axle = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['runtime/cli.ts', ...args], { encoding: 'utf8' })

  test('carries sheets through check, build, table, pack and fmt', () => {
    expect(axle('check', folder)).toMatchObject({ status: 0, stdout: '' })
    expect(axle('check', join(folder, 'p.axle'))).toMatchObject({ status: 0 })
    expect(JSON.parse(axle('build', folder).stdout).tables.费率.rows).toHaveLength(4)
    const found = axle('table', folder, '费率', '等级=普通', '金额=¥999', 'region=上海', '词=b', '--json')
    expect(JSON.parse(found.stdout)).toMatchObject({ row: 1, values: { 率: '0.125' } })
    const out = join(folder, 'p.axlepack')
    expect(axle('pack', folder, '--out', out).status).toBe(0)
    expect(axle('fmt', folder, '--check').stdout).not.toContain('.csv')
  }, 120_000)

  test('shows a finding at its line and column of the sheet', () => {
    writeFileSync(join(folder, '费率.csv'), inSheet(rows).replace('12.5%', '12.5'))
    const { stdout, status } = axle('check', folder, '--json')
    const [{ code, file, range }] = JSON.parse(stdout)
    expect([status, code, file.endsWith('费率.csv'), range.start.line]).toEqual([1, 'AX3001', true, 3])
  })
})
