import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  folds,
  hover,
  hoverText,
  inlayHints,
  semanticTokens,
  sendBounds,
  signatureAt,
  type Texts,
} from '#dsl/service'

const folder = new URL('../../plugins/retail/', import.meta.url)
const retail: Texts = Object.fromEntries(
  ['retail.axle', 'complaint.axle', 'reach.axle'].map(file => [
    file,
    readFileSync(new URL(file, folder), 'utf8'),
  ]),
)
const head = 'pack p "P" version 1 { }\n'
/** One file with its caret where `‸` stands. */
const at = (marked: string) => {
  const source = head + marked
  return { texts: { 'a.axle': source.replace('‸', '') }, file: 'a.axle', offset: source.indexOf('‸') }
}
const hovered = (marked: string, language: 'zh' | 'en' = 'zh') => {
  const { texts, ...place } = at(marked)
  return hover(texts, { ...place, language })
}

const desk = `hours 营业 { mon..fri 09:00..12:00, 13:30..18:00; sat..sun 10:00..17:00 }
role 客服 "客服人员"
setting 上限: int in 1..3 default 2 help "每天"
enum 档 { 甲, 乙 }
form 单 "申请单" { 金额: money, 档: 档, 费: money = 费率(档, 金额).费 round half_up ¥0.01 }
table 费率 "收费" {
  | 档 | 金额: money || 率: percent |
  |----|-------------||-------------|
  | 甲 | -           || 1%          |
  | 乙 | -           || 2%          |

  费: money = 金额 * 率 round half_up ¥0.01
}
ticket 事 for 单 {
  start -> 受理
  node 受理 by 客服 { clock 响应 2h of 营业 { at 100% notify 客服 }; on 好 -> 完.成 }
  end 完 { 成 ok }
}
`

describe('hover', () => {
  test('says name, kind, label and type of what is declared', () => {
    expect(hovered(desk.replace('form 单', 'form ‸单'))).toMatchObject({
      name: '单',
      kind: '表单',
      label: '申请单',
    })
    expect(hovered(desk.replace('档, 金额)', '档, ‸金额)'), 'en')).toMatchObject({
      ...{ name: '单.金额', kind: 'form field', type: 'money' },
    })
    expect(hovered(desk.replace('by 客服', 'by ‸客服'))).toMatchObject({ kind: '角色', label: '客服人员' })
  })

  test('says of an SOP and of a limit how many messages may come to one customer', () => {
    const offset = retail['reach.axle']!.indexOf('新人礼包 "')
    const sop = hover(retail, { file: 'reach.axle', offset })!
    expect(sop.facts.slice(0, 1)).toEqual([
      '要发 promo wecom：同一位客户每天最多 1 条，每周最多 2 条，每月最多 2 条',
    ])
    const limit = hover(retail, {
      ...{ file: 'reach.axle', offset: retail['reach.axle']!.indexOf('触达 "'), language: 'en' },
    })!
    expect(limit.facts.slice(0, 2)).toEqual([
      'promo wecom: at most 3 a day, at most 16 a week, at most 8 a month to one customer',
      'service wecom: at most 20 a day, at most 140 a week, at most 620 a month to one customer',
    ])
    expect(sendBounds(retail).map(({ passed }) => passed)).toEqual([3, 16, 8, 20, 140, 620])
  })

  test('says the default of a setting, how a field is worked out, and when a clock runs', () => {
    expect(hovered(desk.replace('setting 上限', 'setting ‸上限'))!.facts).toEqual(['默认: `2`'])
    expect(hovered(desk.replace(' 费: money = 费率', ' ‸费: money = 费率'))!.facts[0]).toContain(
      '费率(档, 金额).费',
    )
    expect(hovered(desk.replace('clock 响应', 'clock ‸响应'))!.facts).toEqual([
      '`2h of 营业`',
      '营业: 周一–周五 09:00–12:00, 13:30–18:00; 周六–周日 10:00–17:00',
    ])
    expect(hovered(desk.replace('clock 响应', 'clock ‸响应'), 'en')!.facts[1]).toContain('Mon–Fri 09:00')
  })

  test('reads a node and a declaration as Chinese sentences', () => {
    expect(hovered(desk.replace('-> 受理', '-> ‸受理'))!.facts.at(-1)).toBe(
      '受理由客服人员负责；营业时间 2 小时内响应，超时提醒客服人员；好则以「成」结束。',
    )
    expect(hovered(desk.replace('table 费率', 'table ‸费率'))!.facts).toEqual([
      '档是甲：率 1%。',
      '档是乙：率 2%。',
      '费：金额乘率，四舍五入到 ¥0.01。',
    ])
  })

  test('explains the words of the language with an example, and nothing in the blank', () => {
    const found = hovered(desk.replace('round half_up ¥0.01 }', '‸round half_up ¥0.01 }'))!
    expect(found.kind).toBe('关键字')
    expect(hoverText(found)).toContain('```axle\nround half_up ¥0.01\n```')
    expect(hovered('\n‸\n')).toBeUndefined()
  })
})

describe('folding', () => {
  test('blocks over several lines and runs of comments fold; nested blocks lie inside each other', () => {
    const source =
      '// a\n// b\nticket 事 for 单 {\n  node 甲 by 乙 {\n    on 好 -> 丙\n  }\n  end 丙 { 成 ok }\n}\n'
    expect(
      folds(source).map(({ kind, start, end }) => [kind, source.slice(start, end).split('\n').length]),
    ).toEqual([
      ['comment', 2],
      ['block', 6],
      ['block', 3],
    ])
  })

  test('any text folds without overlaps that cross', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '\n', '/', '"', 'x', ' '), maxLength: 60 }),
        source => {
          const found = folds(source).filter(({ kind }) => kind === 'block')
          for (const a of found)
            for (const b of found) expect(a.start < b.start && b.start < a.end && a.end < b.end).toBe(false)
        },
      ),
    )
  })
})

describe('semantic tokens', () => {
  test.each(Object.keys(retail))('cover %s in order, and tell a definition from a use', file => {
    const tokens = semanticTokens(retail, file)
    for (const [index, token] of tokens.entries()) {
      expect(token.start).toBeLessThan(token.end)
      if (index > 0) expect(token.start).toBeGreaterThanOrEqual(tokens[index - 1]!.end)
    }
    expect(tokens.some(token => token.isDefinition)).toBe(true)
  })

  test('the same word is a node where a ticket names it and a role where it is one', () => {
    const { texts, file }: { texts: Texts; file: string } = at(`${desk}‸`)
    const kinds = semanticTokens(texts, file).map(
      ({ start, end, kind }) => `${texts[file]!.slice(start, end)} ${kind}`,
    )
    expect(kinds).toEqual(
      expect.arrayContaining(['受理 node', '客服 role', '费率 table', '甲 value', '营业 hours']),
    )
  })
})

describe('inlay hints', () => {
  test('number the rows of a table, add up a split, and tell when a clock runs', () => {
    const split =
      'party 甲方, 乙方, 丙方\nsettle 分 on 事.完.成 { base 金额; round down ¥0.01; split { 甲方 12.5%; 乙方 4%; 丙方 rest } }\n'
    const texts: Texts = { 'a.axle': head + desk + split }
    const hints = inlayHints(texts, 'a.axle')
    expect(hints.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      ...[
        'row 1',
        'row 2',
        'hours 周一–周五 09:00–12:00, 13:30–18:00; 周六–周日 10:00–17:00',
        'total = 16.5% + rest',
      ],
    ])
    const arms =
      'campaign 日 {\n  for customer\n  arm 甲 50% send wecom "甲"\n  arm 乙 40.5% send wecom "乙"\n}\n'
    expect(inlayHints({ 'a.axle': head + arms }, 'a.axle').map(({ text }) => text)).toEqual(['= 90.5%'])
    expect(texts['a.axle']!.slice(hints[0]!.offset, hints[0]!.offset + 3)).toBe('| 甲')
  })
})

describe('signature help', () => {
  const signature = (call: string) => {
    const { texts, ...place } = at(desk.replace('费率(档, 金额).费', call))
    return signatureAt(texts, place)
  }

  test('tells the inputs of a table and the argument the caret is in', () => {
    expect(signature('费率(‸档, 金额).费')).toEqual({
      name: '费率',
      parameters: ['档', '金额: money'],
      active: 0,
      doc: '收费',
    })
    expect(signature('费率(档, ‸金额).费')).toMatchObject({ active: 1 })
    expect(signature('费率(金额: ‸金额, 档: 档).费')).toMatchObject({ active: 1 })
    expect(signature('费率(min(1, 2), ‸金额).费')).toMatchObject({ name: '费率', active: 1 })
  })

  test('knows functions and is silent outside of calls', () => {
    expect(signature('min(金额, 金额 * ‸2)')).toMatchObject({ name: 'min', active: 1, doc: '其中最小的。' })
    expect(signature('费率(档, 金额).费‸')).toBeUndefined()
  })

  test('knows templates by what goes into them', () => {
    const { texts, ...place } = at(
      'template 问候(名: text, 券: text) { wecom "{名}" }\nsop 甲 { on 客.来; step 一 send wecom 问候(name, ‸"x") }',
    )
    expect(signatureAt(texts, place)).toMatchObject({ parameters: ['名: text', '券: text'], active: 1 })
  })

  test('knows actions by their dotted names', () => {
    const action = 'action erp.退款 { in 号: text, 金额: money; out 流水: text }\n'
    const { texts, ...place } = at(`${action}ticket 事 for 单 { node 甲 run erp.退款(号, ‸`)
    expect(signatureAt(texts, place)).toMatchObject({
      name: 'erp.退款',
      parameters: ['号: text', '金额: money'],
      active: 1,
    })
  })
})
