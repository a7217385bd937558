import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPack, coverageOf, playScenario, tellHistory, tryProperty } from '#dsl'

const written = readFileSync('examples/07-aftersale/aftersale.axle', 'utf8')
const table = `pack t "t" version 1
enum 等级 ordered { 普通, 金卡 }
table 费率 {
  | 等级 | 金额: money || 费: money |
  |------|-------------||-----------|
  | 普通 | < ¥500      || ¥5        |
  | 普通 | >= ¥500     || ¥8        |
  | 金卡 | -           || ¥0        |
}
`
const tried = (property: string) => {
  const { diagnostics, blueprint, properties } = checkPack({ 'p.axle': table + property })
  expect(diagnostics).toEqual([])
  return tryProperty(blueprint, properties[0]!)
}

describe('a property', () => {
  test('goes through every value where they are few, and says so', () => {
    const result = tried('property "倍数" { for 数: int in 1..9, 等级; expect 数 * 2 > 数 }')
    expect(result).toMatchObject({ failure: null, isExhaustive: true, tried: 18 })
  })

  test('looks at the bounds that the tables asked draw, and gives the simplest input that breaks it', () => {
    const { failure, isExhaustive } = tried(
      'property "不过五元" { for 等级, 金额: money in ¥0..¥90,000; expect 费率(等级, 金额).费 <= ¥5 }',
    )
    expect(isExhaustive).toBe(false)
    expect(failure?.given).toEqual({ 等级: '普通', 金额: '500' })
  })

  test('leaves out what its condition leaves out', () => {
    expect(
      tried(
        'property "小额" { for 等级, 金额: money in ¥0..¥90,000; when 金额 < ¥500; expect 费率(等级, 金额).费 <= ¥5 }',
      ).failure,
    ).toBeNull()
  })

  test('tries the same inputs for the same seed', () => {
    const { blueprint, properties } = checkPack({
      'p.axle': `${table}property "少见" { for 一: int in 0..99999, 二: int in 0..99999; expect 一 * 2 < 150000 or 二 > 99 }`,
    })
    const [one, two] = [5, 5].map(seed => tryProperty(blueprint, properties[0]!, seed))
    expect(one).toEqual(two)
  })
})

describe('a story', () => {
  const { blueprint, scenarios, cases } = checkPack({ 'a.axle': written })
  const stories = scenarios.map(scenario => playScenario(blueprint, scenario))

  test('tells what happened, when and to which ticket, in both languages', () => {
    const told = tellHistory(blueprint, stories[0]!.history, 'zh')
    expect(told).toContain('2026-03-02 14:30 退款 复核 升级 店长')
    expect(tellHistory(blueprint, stories[0]!.history, 'en')).toContain(
      '2026-03-02 14:30 退款 复核 escalated to 店长',
    )
    for (const line of told) expect(line).not.toMatch(/undefined|\{\w+\}/)
  })

  test('that breaks on a comparison says what stands on both sides', () => {
    const broken = checkPack({
      'a.axle': written.replace('expect 退款.实退 = ¥872.96', 'expect 退款.实退 = ¥1'),
    })
    expect(playScenario(broken.blueprint, broken.scenarios[0]!).failure).toMatchObject({
      reason: 'not-held',
      detail: '872.96 = 1',
    })
  })

  test('that lets an action end as it never does is a finding; breaking is always possible', () => {
    const codesOf = (outcome: string) =>
      checkPack({ 'a.axle': written.replace('{ 结果: 失败, 流水: "" }', `{ 结果: ${outcome}, 流水: "" }`) })
        .diagnostics.map(({ code }) => code)
        .filter(code => code === 'AX2002')
    expect(codesOf('失败')).toEqual([])
    expect(codesOf('fault')).toEqual([])
    expect(codesOf('失误')).toEqual(['AX2002'])
  })

  test('counts for the coverage of nodes, transitions, ends and rows, with what is missing', () => {
    const coverage = coverageOf(blueprint, { cases, stories })
    const of = (what: string, name: string) => coverage.find(part => part.what === what && part.name === name)
    expect(of('nodes', '退款')).toMatchObject({ hit: 6, total: 7, missing: ['验收'] })
    expect(of('ends', '退款')).toMatchObject({ hit: 0, total: 3 })
    expect(of('rows', '退款费率')?.missing).not.toContain('1')
  })
})
