import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type {
  Blueprint,
  Code,
  OverlayBlueprint,
  PriceLineBlueprint,
  PriceStepBlueprint,
} from '#core/blueprint'
import { compileCode, type Facts } from '#core/expression'
import { formFacts, type FieldValues } from '#core/form'
import { price, priceAmounts } from '#core/pricing'
import { tableCall } from '#core/table'
import {
  addDecimal,
  compareDecimal,
  isDecimal,
  multiplyDecimal,
  parseDecimal,
  printDecimal,
  roundTo,
  type Decimal,
  type RecordValue,
  type RoundingMode,
  type Type,
  type Value,
} from '#core/values'
import { checkExpression, checkPack, examine } from '#dsl'
import '../../runtime/generation.ts'

// 数量 is a name of the form and of its rows, 限 one of the form and a setting, 折 one of the rows and a setting.
const pack = {
  'p.axle': `pack t "t" version 1
use region china
enum 类 { 甲, 乙 }
setting 限: int default 7
setting 折: percent default 90%
entity 店 { 号: text key, 类: 类, region: region }
entity 行 { 单价: money, 数量: int in 0..99, 折: percent, 类: 类, 合: money = 单价 * 数量 }
form 单 for 店 { 行: list(行), 数量: int in 0..99, 限: int in 0..99, 加急: bool, 运费: money }
table 系数 {
  | 类 | 数量: int || 系: percent |
  |----|-----------||-------------|
  | 甲 | <= 9      || 100%        |
  | 甲 | > 9       || 87.5%       |
  | 乙 | -         || 33.3333%    |
}
price 价 for 单 {
  line 空 { base ¥0 }
  total 应收: money = sum(lines)
}
`,
}
const checked = checkPack(pack)
const types = (fields: Readonly<Record<string, { readonly type: Type }>>) =>
  Object.entries(fields).map(([name, { type }]) => [name, type] as const)
const { 店, 行 } = checked.blueprint.entities
const outer = [...types(checked.blueprint.forms.单!.fields), ['店', { kind: 'ref', name: '店' }]] as [
  string,
  Type,
][]
const codeOf = (written: string, names: readonly (readonly [string, Type])[]): Code => {
  const { code, diagnostics } = checkExpression(pack, {
    ...{ blueprint: checked.blueprint, written },
    names: new Map(names),
  })
  if (!code) throw new Error(`${written}: ${JSON.stringify(diagnostics)}`)
  return code
}

const everywhere = {
  amounts: [
    '¥0.01',
    '¥12.345',
    '运费',
    '折',
    '限',
    '数量',
    '¥90,071,992,547.41',
    '系数(店.类, 数量).系',
    '33.3333%',
    '系数(甲, 限).系',
    '数量 * 数量',
  ],
  conditions: [
    '加急',
    'not 加急',
    '数量 > 5',
    '限 < 数量',
    'count(行 where 数量 > 限) >= 2',
    '店.类 = 甲',
    'sum(行.合) > ¥100',
  ],
}
const inRow = {
  amounts: ['单价', '单价 * 数量', '合', '系数(类, 数量).系', 'sum(行.合)', 'max(单价, 运费)'],
  conditions: ['类 = 甲', '单价 >= ¥10', '折 < 100%', 'known(单价)'],
}
const within = (isRow: boolean) => {
  const names = isRow ? [...outer, ...types(行!.fields)] : outer
  const read = (texts: readonly string[]) => fc.constantFrom(...texts.map(text => codeOf(text, names)))
  return {
    amount: read([...everywhere.amounts, ...(isRow ? inRow.amounts : [])]),
    condition: read([...everywhere.conditions, ...(isRow ? inRow.conditions : [])]),
  }
}
const scopes = { row: within(true), form: within(false) }

const optional = <T>(key: string, arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary).map(value => (value === null ? {} : { [key]: value }))
const stepIn = ({ amount, condition }: typeof scopes.row): fc.Arbitrary<PriceStepBlueprint> =>
  fc
    .tuple(fc.constantFrom('base', 'times', 'plus', 'cap'), amount, optional('when', condition), fc.nat())
    .map(([kind, value, when, at]) => ({ kind, value, text: `s${at}`, ...when }))
const rounding = fc.record({
  mode: fc.constantFrom<RoundingMode>('half_up', 'half_even', 'down', 'up'),
  step: fc.constantFrom('0.01', '1', '0.05'),
})
const line = fc.constantFrom('row', 'form').chain(where => {
  const scope = scopes[where as 'row']
  return fc
    .tuple(
      fc.array(stepIn(scope), { minLength: 1, maxLength: 5 }),
      optional('when', scope.condition),
      optional('rounding', rounding),
    )
    .map(([steps, ...clauses]): Omit<PriceLineBlueprint, 'name'> =>
      Object.assign({ label: 'l', per: where === 'row' ? '行' : null, steps }, ...clauses),
    )
})
const lines = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map(made => made.map((one, at): PriceLineBlueprint => ({ ...one, name: `l${at}` })))
const overlay = fc
  .tuple(
    fc.constantFrom([], ['310000'], ['410000']),
    fc.array(stepIn(scopes.form), { maxLength: 2 }),
    fc.nat(1),
  )
  .map(([regions, steps, at]): OverlayBlueprint => ({
    ...{ label: 'o', price: '价', line: `l${at}`, from: 100, to: 200, regions, steps },
  }))

const blueprints = fc
  .tuple(lines, fc.array(overlay, { maxLength: 2 }))
  .map(([made, overlays]): Blueprint => ({
    ...checked.blueprint,
    prices: { 价: { ...checked.blueprint.prices.价!, lines: made } },
    overlays: Object.fromEntries(overlays.map((one, at) => [`o${at}`, one])),
  }))

const amount = fc
  .tuple(fc.oneof(fc.nat(99), fc.nat(2 ** 31), fc.bigInt({ min: 0n, max: 10n ** 17n })), fc.nat(99))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`)
const percent = fc.constantFrom('1', '0.85', '0.333', '0.125')
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<FieldValues>
const kind = fc.constantFrom('甲', '乙')
const row = some({ 单价: amount, 数量: fc.nat(99), 折: percent, 类: kind })
const form = some({
  ...{
    行: fc.array(row, { maxLength: 4 }),
    数量: fc.nat(99),
    限: fc.nat(99),
    加急: fc.boolean(),
    运费: amount,
  },
})
const world = fc.record({
  fields: form,
  store: some({ 类: kind, region: fc.constantFrom('310000', '410000') }),
  at: fc.constantFrom(undefined, 99, 100, 199, 200),
  settings: some({ 限: fc.nat(9), 折: percent }),
})
const factsIn = (
  blueprint: Blueprint,
  { fields, store, at, settings }: typeof world extends fc.Arbitrary<infer W> ? W : never,
) =>
  formFacts(
    blueprint,
    { form: '单', fields, subject: '一', customer: null },
    { records: { 店: { 一: store } }, settings, ...(at !== undefined && { at }) },
  )

/** The price as the language page tells it: every name copied for every row, closures, decimals of BigInts, one after the other. */
function plainly(blueprint: Blueprint, facts: Facts): Map<string, Decimal[]> | string {
  const valueOf = (code: Code, names: Facts) => compileCode(code, tableCall(blueprint))(names)
  const found = new Map<string, Decimal[]>()
  for (const one of blueprint.prices.价!.lines) {
    const rows = one.per === null ? [null] : ((facts[one.per] ?? []) as readonly RecordValue[])
    for (const item of rows) {
      const names: Record<string, Value> = {}
      for (const [name] of [...outer, ['(now)'], ['折']]) names[name!] = facts[name!] ?? null
      if (item) for (const name of Object.keys(行!.fields)) names[name] = item.fields[name] ?? null
      if (one.when && valueOf(one.when, names) !== true) continue
      const joining = Object.values(blueprint.overlays).filter(({ line: on, regions, from, to }) => {
        const place = (facts.店 as RecordValue).fields.region as string
        const now = facts['(now)'] as number | null
        return (
          on === one.name &&
          now !== null &&
          from <= now &&
          now < to &&
          (regions.length === 0 || regions.includes(place))
        )
      })
      let total: Decimal = { units: 0n, scale: 2 }
      for (const { kind: how, value, when, text } of [
        ...one.steps,
        ...joining.flatMap(({ steps }) => steps),
      ]) {
        if (when && valueOf(when, names) !== true) continue
        const given = valueOf(value, names)
        if (given === null) return text
        const { units, scale } = isDecimal(given) ? given : { units: BigInt(given as number), scale: 0 }
        const by: Decimal = { units, scale }
        if (how === 'base') total = by
        else if (how === 'times') total = multiplyDecimal(total, by)
        else if (how === 'plus') total = addDecimal(total, by)
        else if (compareDecimal(total, by) > 0) total = by
      }
      const { step = '0.01', mode = 'down' } = one.rounding ?? {}
      const rounded = one.rounding ? roundTo(total, parseDecimal(step)!, mode) : total
      found.set(one.name, [...(found.get(one.name) ?? []), rounded])
    }
  }
  return found
}

describe('a price', () => {
  test('comes to the same with its explanation, without it, and as the language page tells it', () => {
    let worked = 0
    fc.assert(
      fc.property(blueprints, fc.array(world, { minLength: 1, maxLength: 4 }), (blueprint, worlds) => {
        for (const one of worlds) {
          const explained = price(blueprint, '价', factsIn(blueprint, one))
          const amounts = priceAmounts(blueprint, '价', factsIn(blueprint, one))
          const expected = plainly(blueprint, factsIn(blueprint, one))
          if ('missing' in explained || 'missing' in amounts || typeof expected === 'string') {
            expect(amounts).toEqual(explained)
            expect(explained).toMatchObject({
              missing: { step: expect.stringMatching(`${expected as string}$`) as string },
            })
            continue
          }
          worked++
          expect(printDecimal(amounts.total)).toBe(explained.total)
          const told = Map.groupBy(explained.lines, found => found.line)
          expect(amounts.lines.map(({ line: own }) => own)).toEqual([...told.keys()])
          expect(new Map([...told].map(([name, made]) => [name, made.map(found => found.amount)]))).toEqual(
            new Map([...expected].map(([name, made]) => [name, made.map(printDecimal)])),
          )
          for (const { line: own, amount: sum } of amounts.lines)
            expect(compareDecimal(sum, expected.get(own)!.reduce(addDecimal))).toBe(0)
        }
      }),
      { numRuns: 1_000 },
    )
    expect(worked).toBeGreaterThan(500)
  })

  test('a table is asked as often as it is told of, its row first', () => {
    const blueprint: Blueprint = {
      ...checked.blueprint,
      prices: {
        价: {
          ...checked.blueprint.prices.价!,
          lines: [
            {
              ...{ name: 'l', label: 'l', per: '行' },
              steps: [
                { kind: 'base', text: 'b', value: codeOf('单价', types(行!.fields)) },
                { kind: 'times', text: 't', value: codeOf('系数(店.类, 限).系', outer) },
              ],
            },
          ],
        },
      },
    }
    const fields = { 限: 10, 行: [{ 单价: '8.00' }, { 单价: '16.00' }] }
    const found = price(
      blueprint,
      '价',
      factsIn(blueprint, { fields, store: { 类: '甲' }, at: undefined, settings: {} }),
    )
    const use = { table: '系数', inputs: { 类: '甲', 数量: 10 }, row: 1 }
    const step = { kind: 'times', text: 't', applied: true, value: '0.875', tables: [use] }
    expect(found).toMatchObject({
      total: '21.00000',
      lines: [
        {
          row: 0,
          steps: [
            { amount: '8.00', tables: [] },
            { ...step, amount: '7.00000' },
          ],
        },
        {
          row: 1,
          steps: [
            { amount: '16.00', tables: [] },
            { ...step, amount: '14.00000' },
          ],
        },
      ],
    })
  })
})

test('in a test of a price the rows of a list add up to their line', () => {
  const written = `${pack['p.axle'].replace('line 空 { base ¥0 }', 'line 货 per 行 { base 单价 * 数量 }')}test 价 {
  | 店.类 | 行                                                       || 货  | 应收 |
  |-------|----------------------------------------------------------||-----|------|
  | 甲    | [{ 单价: ¥2, 数量: 3 }, { 单价: ¥5, 数量: 1 }] || ¥11 | ¥11  |
}`
  const { blueprint, cases, diagnostics } = checkPack({ 'p.axle': written })
  expect(diagnostics.filter(({ code }) => code !== 'AX5030')).toEqual([])
  expect(examine(blueprint, cases).map(({ differences }) => differences)).toEqual([{}])
})

test('店 and 行 are what the test takes them for', () => {
  expect(checked.diagnostics.filter(({ code }) => code !== 'AX5030')).toEqual([])
  expect(Object.keys(店!.fields)).toEqual(['号', '类', 'region'])
})
