import { compileCode, generateCode } from '#core/expression'
import { evaluate } from '#core/table'
import { checkPack } from '#dsl'
import { makeFunction } from '../../runtime/generation.ts'
import { measure, type Figure } from './measure.ts'
import { ruleTests } from './peers/index.ts'

const source = `pack bench "bench" version 1
enum 等级 ordered { 普通, 银卡, 金卡 }
form 单 {
  金额: int, 件数: int, 等级: 等级, 城市: text, 渠道: text, 新客: bool, 天数: int, 评分: int, 来源: text, 备注: text
  check 金额 > 100 and 件数 <= 20 and 等级 = 金卡 and 城市 in ["上海", "杭州"] and not 新客 and 天数 < 30 and 评分 >= 3 "x"
}`

/** A condition of seven tests over ten fields: by hand, as the server generates it, as closures in the browser, and by peers. */
export async function rule(): Promise<Figure[]> {
  const { blueprint, diagnostics } = checkPack({ 'bench.axle': source })
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  const { condition } = blueprint.forms.单!.checks[0]!
  const generated = generateCode(condition, () => null, makeFunction)
  const closures = compileCode(condition, () => null)
  const tickets = Array.from({ length: 64 }, (_, i) => ({
    ...{
      金额: 90 + i,
      件数: i % 25,
      等级: i % 4 ? '金卡' : '普通',
      城市: i % 3 ? '上海' : '北京',
      渠道: '线上',
    },
    ...{ 新客: i % 7 === 0, 天数: i % 40, 评分: i % 6, 来源: 'a', 备注: 'b' },
  }))
  type Ticket = (typeof tickets)[number]
  const byHand = (t: Ticket) =>
    t.金额 > 100 &&
    t.件数 <= 20 &&
    t.等级 === '金卡' &&
    (t.城市 === '上海' || t.城市 === '杭州') &&
    !t.新客 &&
    t.天数 < 30 &&
    t.评分 >= 3
  for (const ticket of tickets)
    for (const candidate of [generated, closures])
      if (candidate(ticket) !== byHand(ticket)) throw new Error('the candidates disagree')
  const countIn =
    <T>(all: readonly T[], test: (t: T) => unknown) =>
    (times: number) => {
      let hits = 0
      for (let i = 0; i < times; i++) if (test(all[i & 63]!) === true) hits++
      return hits
    }
  const count = (test: (t: Ticket) => unknown) => countIn(tickets, test)
  const plain = tickets.map(t => ({
    ...{ amount: t.金额, count: t.件数, level: t.等级 === '金卡' ? 2 : 0, city: t.城市, channel: t.渠道 },
    ...{ fresh: t.新客, days: t.天数, score: t.评分, source: t.来源, note: t.备注 },
  }))
  const peers = await ruleTests()
  for (const { name, test } of peers)
    if (plain.some((ticket, at) => test(ticket) !== byHand(tickets[at]!)))
      throw new Error(`${name} disagrees`)
  return measure([
    { name: 'by hand', run: count(byHand) },
    { name: 'axle, generated (server)', run: count(generated) },
    { name: 'axle, closures (browser)', run: count(closures) },
    {
      name: 'axle, found and asked by the engine (server)',
      run: count(t => evaluate(blueprint, condition, t)),
    },
    ...peers.map(({ name, test }) => ({ name, run: countIn(plain, test) })),
  ])
}
