import { describe, expect, test } from 'vitest'
import { evaluate } from '#core/table'
import { encodeValue, printType } from '#core/values'
import { checkExpression, checkPack, examine } from '#dsl'

const header = 'pack t "t" version 1\nenum 急 ordered { 低, 中, 高 }\n'
const texts = {
  't.axle': `${header}
table 事项 partial rule order {
  | 数: int || 事: text | 急 |
  |---------||----------|----|
  | > 5     || "复核"   | 高 |
  | > 9     || "报备"   | -  |

  要报备: bool = 事 has "报备"
}
table 加价 partial collect sum {
  | 数: int || 率: percent |
  |---------||-------------|
  | > 5     || 1%          |
  | > 9     || 2.5%        |

  加: money = ¥200 * 率 round half_up ¥0.01
}
test 事项 {
  | 数 || 事               | 要报备 |
  |----||------------------|--------|
  | 6  || ["复核"]         | false  |
  | 10 || ["复核", "报备"] | true   |
  | 1  || []               | false  |
}
test 加价 {
  | 数 || 率   | 加 |
  |----||------|----|
  | 10 || 3.5% | ¥7 |
  | 1  || -    | -  |
}
test 事项 {
  | 数 || 事               | 急   |
  |----||------------------|------|
  | 10 || ["报备", "复核"] | [高] |
}`,
}
const { blueprint, diagnostics, cases } = checkPack(texts)

const valueOf = (written: string) => {
  const { code, diagnostics: found } = checkExpression(texts, { blueprint, written, names: new Map() })
  expect(found).toEqual([])
  return [encodeValue(evaluate(blueprint, code!, {})), printType(code!.type)]
}

describe('a table that answers with several rows', () => {
  test('is read as lists by expressions, and as one figure where it aggregates', () => {
    expect(diagnostics).toEqual([])
    expect(valueOf('事项(10).事')).toEqual([['复核', '报备'], 'list(text)'])
    expect(valueOf('事项(10).急')).toEqual([['高'], 'list(急)'])
    expect(valueOf('高 in 事项(6).急')).toEqual([true, 'bool'])
    expect(valueOf('事项(1).事 has "复核"')).toEqual([false, 'bool'])
    expect(valueOf('加价(10).率 * 2')).toEqual(['0.070', 'decimal'])
    expect(valueOf('known(加价(1).率)')).toEqual([false, 'bool'])
  })

  test('computes its names from the lists and figures it answers', () => {
    const results = examine(blueprint, cases).map(({ differences }) => differences)
    expect(results.slice(0, 5)).toEqual([{}, {}, {}, {}, {}])
  })

  test('is told apart in a test by the order of its rows', () => {
    const [wrong] = examine(blueprint, cases.slice(5))
    expect(wrong!.differences).toEqual({ 事: { expected: ['报备', '复核'], actual: ['复核', '报备'] } })
  })

  test('refuses a computed name that needs one value where there is a list', () => {
    const source = `${header}table 甲 partial collect { | 数: int || 费: money |\n |---||---|\n | > 5 || ¥1 |\n 双: money = 费 * 2 }`
    expect(checkPack({ 't.axle': source }).diagnostics.map(({ code }) => code)).toEqual(['AX3002'])
  })

  test('has its gaps told in the words of its author', () => {
    const source = `${header}table 甲 {
  | region | 额: money | 率: percent | 日: date? || 急 |
  |--------|-----------|-------------|----------||----|
  | 上海   | < ¥1,000  | <= 12.5%    | not null || 低 |
}`
    const [gap] = checkPack({ 't.axle': source }).diagnostics
    expect(gap?.params['witness']).toBe('region=玄武区, 额=¥999.99, 率=12.49%, 日=null')
  })
})
