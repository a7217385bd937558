import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { evaluate } from '#core/table'

/** What a customer says or is, each marked so that it can be found again in what an action is handed. */
const marks = {
  'customer.name': '【名】',
  'customer.电话': '【话】',
  '单.说明': '【说】',
  '单.备注': '【备】',
} as const
const leaves = ['customer.name', 'customer.电话', '说明', '备注', '全文', '"常"']

const aText = fc.letrec<{ text: string }>(tie => ({
  text: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: fc.constantFrom(...leaves) },
    { weight: 2, arbitrary: fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`) },
    { weight: 1, arbitrary: tie('text').map(a => `upper(${a})`) },
    { weight: 1, arbitrary: tie('text').map(a => `trim(${a})`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(if ${a} = "x" then ${b} else "无")`),
    },
    { weight: 1, arbitrary: tie('text').map(a => `(if length(${a}) > 0 then "有" else "无")`) },
    { weight: 1, arbitrary: tie('text').map(a => `text(length(${a}))`) },
    { weight: 1, arbitrary: fc.tuple(tie('text'), tie('text')).map(([a, b]) => `join([${a}, ${b}], "，")`) },
  ),
})).text

describe('the proof of what an action is handed', () => {
  test('no mark of a customer reaches a host undeclared, and what is declared or not theirs is not found fault with', () => {
    let leaking = 0
    fc.assert(
      fc.property(aText, fc.subarray(Object.keys(marks)), (written, declared) => {
        const reads = declared.map(path => `, read ${path}`).join('')
        const text = `pack t "t" version 1
role 客服
extend customer { 电话: text }
form 单 { 说明: text, 备注: text, 全文: text = 说明 + "完" }
access 单 {
  |      | 客服  | customer |
  |------|-------|----------|
  | 说明 | read  | write    |
  | 备注 | write | read     |
  | 全文 | read  | read     |
}
action 送.外 "送" { in 一: text; out 结果: enum { 成功 }; needs net "a.example.com"${reads} }
ticket 事 for 单 {
  entry chat
  start -> 一
  clock 滞留 3d { at 100% notify 客服 }
  node 一 run 送.外(${written}) { on 成功, fault -> 完.成 }
  end 完 { 成 ok }
}`
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        expect(
          diagnostics.filter(({ code }) => code !== 'AX7010' && code !== 'AX5030'),
          text,
        ).toEqual([])
        const told = diagnostics.filter(({ code }) => code === 'AX7010').map(({ params }) => params.data!)
        const fields = { name: marks['customer.name'], 电话: marks['customer.电话'] }
        const facts = {
          ...{ customer: { entity: 'customer', key: 'c', fields } },
          ...{ 说明: marks['单.说明'], 备注: marks['单.备注'], 全文: `${marks['单.说明']}完` },
        }
        const [arg] = blueprint.tickets['事']!.nodes['一']!.run!.args
        const handed = String(evaluate(blueprint, arg!, facts))
        const reaching = Object.entries(marks).flatMap(([path, mark]) =>
          handed.includes(mark) && path !== '单.备注' ? [path] : [],
        )
        for (const path of reaching) if (!declared.includes(path)) expect(told, text).toContain(path)
        for (const path of told) expect([...declared, '单.备注'], text).not.toContain(path)
        if (reaching.length > 0) leaking++
      }),
      { numRuns: 300 },
    )
    expect(leaking).toBeGreaterThan(50)
  }, 120_000)
})
