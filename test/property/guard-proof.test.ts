import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { evaluate } from '#core/table'
import { findRegion, parseDecimal, type Value } from '#core/values'

/** Fields with every value that the conditions below can tell from another; null where the field may be left empty. */
const amount = (text: string) => parseDecimal(text)!
const points: Readonly<Record<string, readonly Value[]>> = {
  级: ['低', '中', '高'],
  类: ['甲', '乙', '丙', null],
  金额: [...['0', '99.99', '100', '100.01', '500', '500.01', '900'].map(amount), null],
  件: [1, 2, 3, 4, 5, null],
  率: [...['0', '0.05', '0.075', '0.1', '0.5'].map(amount), null],
  日: ['2025-12-31', '2026-01-01', '2026-01-02', '2026-06-01', '2026-06-02', null],
  地: [...['浦东新区', '苏州', '深圳', '成都'].map(name => findRegion(name)!), null],
  真: [true, false, null],
  名: ['张', '李', '别人', null],
}
const head = `pack t "t" version 1
role 客服
enum 级 ordered { 低, 中, 高 }
enum 类 { 甲, 乙, 丙 }
form 单 { 级: 级 required, 类: 类, 金额: money in ¥0..¥900, 件: int in 1..5, 率: decimal, 日: date, 地: region, 真: bool, 名: text }
`
const atoms = [
  ...[
    '级 >= 中',
    '级 < 中',
    '级 = 高',
    '级 in [低, 高]',
    '级 != 低',
    '类 = 甲',
    '类 != 甲',
    '类 in [乙, 丙]',
  ],
  ...['金额 < ¥100', '金额 >= ¥100', '金额 > ¥500', '金额 <= ¥500', '金额 in ¥100..¥500', '金额 = ¥100'],
  ...['件 <= 3', '件 > 3', '件 >= 1', '件 = 5', '率 < 0.1', '率 >= 0.1', '率 > 0.05'],
  ...[
    '日 < 2026-01-01',
    '日 >= 2026-01-01',
    '日 > 2026-06-01',
    '地 = 上海',
    '地 in [上海, 江苏]',
    '地 != 广东',
  ],
  ...['真', '真 = true', 'known(真)', 'known(金额)', 'known(类)', '名 = "张"', '名 != "李"'],
]
/** Conditions over few fields, so that what covers and what forestalls is met often. */
const fewAtoms = fc.subarray(Object.keys(points), { minLength: 1, maxLength: 3 }).map(fields => {
  const own = atoms.filter(atom => fields.some(field => atom.includes(field)))
  return own.length > 0 ? own : atoms
})
const aGuard = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.letrec<{ condition: string }>(tie => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      { weight: 3, arbitrary: fc.constantFrom(...known) },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a}) and (${b})`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a}) or (${b})`),
      },
      { weight: 1, arbitrary: tie('condition').map(inner => `not (${inner})`) },
    ),
  })).condition
const someGuards = fewAtoms.chain(known => fc.array(aGuard(known), { minLength: 1, maxLength: 4 }))

/** All combinations of the values of the fields that a text names. */
function* worldsOf(text: string): Generator<Record<string, Value>> {
  const fields = Object.keys(points).filter(field => text.includes(field))
  const count = fields.reduce((product, field) => product * points[field]!.length, 1)
  for (let index = 0; index < count; index++) {
    let rest = index
    yield Object.fromEntries(
      fields.map(field => {
        const values = points[field]!
        const value = values[rest % values.length]!
        rest = Math.floor(rest / values.length)
        return [field, value]
      }),
    )
  }
}

describe('the proof of guards', () => {
  test('agrees with trying every value: what is missed, what is forestalled, what never holds', () => {
    const seen = { covered: 0, missed: 0, shadowed: 0, dead: 0 }
    fc.assert(
      fc.property(someGuards, guards => {
        const lines = guards.map(guard => `    on 走 when ${guard} -> 完.成`)
        const text = `${head}ticket 事 for 单 {
  start -> 一
  clock 滞留 3d { at 100% notify 客服 }
  node 一 by 客服 {
${lines.join('\n')}
  }
  end 完 { 成 ok }
}`
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        const codes = blueprint.tickets['事']!.nodes['一']!.reactions.map(({ when }) => when!)
        const taken = new Set<number>()
        const holding = new Set<number>()
        let isMissed = false
        for (const facts of worldsOf(guards.join(' '))) {
          const hits = codes.flatMap((code, index) =>
            evaluate(blueprint, code, facts) === true ? index : [],
          )
          for (const hit of hits) holding.add(hit)
          if (hits.length === 0) isMissed = true
          else taken.add(hits[0]!)
        }
        const found = (code: string) =>
          diagnostics
            .filter(each => each.code === code)
            .map(({ start }) => text.slice(0, start).split('\n').length - 10)
        expect(
          diagnostics.filter(({ code }) => !/^AX50(20|21|22)$/.test(code)),
          text,
        ).toEqual([])
        expect(found('AX5020').length > 0, text).toBe(isMissed)
        const numbers = codes.map((_, index) => index)
        expect(found('AX5022'), text).toEqual(numbers.filter(index => !holding.has(index)))
        expect(found('AX5021'), text).toEqual(
          numbers.filter(index => holding.has(index) && !taken.has(index)),
        )
        seen[isMissed ? 'missed' : 'covered']++
        if (found('AX5021').length > 0) seen.shadowed++
        if (found('AX5022').length > 0) seen.dead++
      }),
      { numRuns: process.env.CI ? 2_000 : 200 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10)
  }, 120_000)
})
