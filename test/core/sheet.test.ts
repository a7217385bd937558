import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printRecords, readCell, readRecords } from '#core/sheet'
import type { Type } from '#core/values'
import { blueprintOf } from '../support/sheet-pack.ts'

const blueprint = blueprintOf()
const cell = (type: Type, text: string) => readCell(blueprint, type, text)

describe('a cell of a spreadsheet', () => {
  test.each<[Type['kind'], string, unknown]>([
    ['int', '1,200', 1200],
    ['int', '１２', 12],
    ['int', '12.0', undefined],
    ['money', '￥1,200.50', '1200.50'],
    ['money', '12元', '12'],
    ['money', '12.345', undefined],
    ['percent', '12.5%', '0.125'],
    ['percent', '0.2', '0.2'],
    ['bool', '是', true],
    ['bool', 'No', false],
    ['bool', '也许', undefined],
    ['date', '2026/3/1', '2026-03-01'],
    ['date', '2026年3月1日', '2026-03-01'],
    ['date', '20260301', '2026-03-01'],
    ['date', '2026-02-30', undefined],
    ['time', '9:05', '09:05'],
    ['datetime', '2026-03-01 09:00', Date.parse('2026-03-01T09:00+08:00')],
    ['datetime', '2026-03-01T09:00:00Z', Date.parse('2026-03-01T09:00Z')],
    ['region', '浙江 杭州', '330100'],
    ['region', '上海', '310000'],
    ['region', '火星', undefined],
    ['duration', '2h', '2h'],
    ['text', ' 话 ', ' 话 '],
    ['text', '', null],
  ])('%s of “%s”', (kind, text, value) => expect(cell({ kind } as Type, text)).toEqual(value))

  test('names a value of an enum by its name or its label, several by 、', () => {
    const type: Type = { kind: 'enum', name: '等级' }
    expect([cell(type, 'A'), cell(type, '旗舰'), cell(type, 'X')]).toEqual(['A', 'A', undefined])
    expect(cell({ kind: 'set', of: type }, '旗舰、B')).toEqual(['A', 'B'])
  })
})

describe('a spreadsheet of records', () => {
  test('names fields by name or label, in any order, and says of every slip where it is', () => {
    const { records, faults, ignored, rows } = readRecords(
      blueprint,
      '门店档',
      '店名,编号,等级,营业,颜色\n"南京\n西路",S1,旗舰,是,红\n徐汇,S2,X,也许,\n,,A,是,\n五角场,S1,B,否,',
    )
    expect(records).toEqual([
      { line: 2, key: 'S1', fields: { 店名: '南京\n西路', 等级: 'A', 营业: true } },
      { line: 4, key: 'S2', fields: { 店名: '徐汇' } },
      { line: 6, key: 'S1', fields: { 店名: '五角场', 等级: 'B', 营业: false } },
    ])
    expect(faults).toEqual([
      { line: 4, column: '等级', fault: 'type', text: 'X', fits: 'A（旗舰）、B（普通）' },
      { line: 4, column: '营业', fault: 'type', text: '也许', fits: '是、否' },
      { line: 5, column: '编号', fault: 'no-key', text: '' },
      { line: 6, column: null, fault: 'twice', text: 'S1', first: 2 },
    ])
    expect([rows, ignored]).toEqual([4, ['颜色']])
  })

  test.each([
    ['', 'empty'],
    ['编号,店名', 'empty'],
    ['店名\n南京', 'no-key-column'],
    ['编号,店名\nS1,"南京', 'unclosed'],
  ])('“%s” is refused whole: %s', (text, fault) =>
    expect(readRecords(blueprint, '门店档', text)).toMatchObject({
      records: [],
      faults: [{ line: null, fault }],
    }),
  )

  test('read back, what was printed says the same', () => {
    const data = fc.record(
      {
        店名: fc.string({ minLength: 1, unit: 'grapheme' }).map(text => `店${text}`.normalize()),
        等级: fc.constantFrom('A', 'B'),
        营业: fc.boolean(),
        面积: fc.integer({ min: -9_999, max: 9_999 }).map(n => (n === 0 ? '0' : `${n}`)),
        开业: fc.constantFrom('2020-02-29', '2026-12-31'),
        地区: fc.constantFrom('310000', '330106', '华东'),
      },
      { requiredKeys: ['店名'] },
    )
    fc.assert(
      fc.property(fc.uniqueArray(data, { maxLength: 5, minLength: 1 }), rows => {
        const records = rows.map((row, at) => ({ key: `=S-${at}`, data: row }))
        const read = readRecords(blueprint, '门店档', printRecords(blueprint, '门店档', records))
        expect(read.faults).toEqual([])
        expect(read.records.map(({ key }) => key)).toEqual(records.map(({ key }) => key))
        for (const [at, { fields }] of read.records.entries())
          for (const [name, value] of Object.entries(fields))
            expect(value).toEqual((rows[at] as Record<string, unknown>)[name] ?? null)
      }),
    )
  })

  test('what was printed begins no formula', () => {
    const text = printRecords(blueprint, '门店档', [{ key: 'S1', data: { 店名: '=HYPERLINK("x")' } }])
    expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  })
})
