import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { diffBlueprints, meaningOf, mergeTexts, sayChange, sayConflict, worstClass } from '#dsl/change'
import { severityOf } from '#dsl/diagnostics'
import { planMigration, type TicketState } from '#core/desk'

const written = readFileSync('examples/07-aftersale/aftersale.axle', 'utf8')
const compiled = (text: string) => {
  const { blueprint, diagnostics } = checkPack({ 'a.axle': text })
  // Why: who may fill a field that a case adds is not what the case is about.
  expect(diagnostics.filter(found => severityOf(found) === 'error' && found.code !== 'AX5012')).toEqual([])
  return blueprint
}
const before = compiled(written)
const changed = (...edits: readonly (readonly [string, string])[]) => {
  let text = written
  for (const [from, to] of edits) {
    expect(text).toContain(from)
    text = text.replace(from, () => to)
  }
  return compiled(text)
}

describe('the difference of two versions', () => {
  test('is nothing for the same text in another layout, and says which class is the worst', () => {
    const loose = written.replaceAll('  ', '    ').replaceAll(' || ', '   ||   ')
    expect(diffBlueprints(before, compiled(loose))).toEqual([])
    expect(meaningOf(compiled(loose))).toBe(meaningOf(before))
    const worse = changed(
      ['version 3 {', 'version 4 {'],
      ['role 财务', 'role 财务, 审计'],
      ['"免费"', '"免费", "清仓"'],
    )
    expect(worstClass(diffBlueprints(before, worse))).toBe('mapping')
  })

  test('asks for nothing where the later version says itself what becomes of what is gone', () => {
    const gone = (says: string) =>
      changed(
        ['version 3', 'version 4'],
        ['    on 失败, fault -> 人工出款', '    on 失败, fault -> 结束.已关闭'],
        ['  node 人工出款 by 财务 { on 已打款 -> 结束.已退款 }\n', ''],
        ['  expect 退款 in 人工出款', '  expect 退款 in 结束.已关闭'],
        ['\nticket 退款', `\nmigrate from 3 { ${says} }\nticket 退款`],
      )
    const told = (says: string) =>
      diffBlueprints(before, gone(says)).map(each => `${each.class} ${sayChange(each, 'zh')}`)
    expect(told('node 退款.人工出款 -> 退款.复核')).toContain(
      'auto 「退款.人工出款」改为「退款.复核」，在途的随之过去',
    )
    expect(told('drain 退款.人工出款')).toContain('safe 「退款.人工出款」没有了，停在那里的工单按原版走完')
  })

  test('tells the row of a table in either language', () => {
    const table = (rows: string) =>
      compiled(`pack t "t" version 1
enum 车 { Bike, Ebike, Cargo }
table 价 {
  | 车 | 公里: int || 元: money |
  |----|-----------||-----------|
${rows}
}
`)
    const was = table('  | Ebike | 1..<5 || ¥5 |\n  | not Ebike | >= 5 || ¥7 |\n  | else || ¥9 |')
    const is = table('  | Ebike | 1..<5 || ¥6 |\n  | Bike, Cargo | >= 5 || ¥7 |\n  | else || ¥9 |')
    const told = (language: 'zh' | 'en') => diffBlueprints(was, is).map(each => sayChange(each, language))
    expect(told('en')).toEqual([
      'table “价” gains a row: 车 is Bike or is Cargo, 公里 >= 5',
      'table “价” loses a row: 车 not (is Ebike), 公里 >= 5',
      'table “价”, 车 is Ebike, 公里 >= 1 and < 5: 元 ¥5 → ¥6',
    ])
    expect(told('zh')).toContain('表「价」车是Ebike，且公里不低于 1且低于 5：元 ¥5 → ¥6')
  })

  test('names a node that is gone, and where a field went', () => {
    const after = changed(
      ['    on 失败, fault -> 人工出款', '    on 失败, fault -> 结束.已关闭'],
      ['  node 人工出款 by 财务 { on 已打款 -> 结束.已退款 }\n', ''],
      ['  expect 退款 in 人工出款\n', '  expect 退款 in 结束.已关闭\n'],
    )
    expect(diffBlueprints(before, after).filter(({ says }) => says === 'node-removed')).toMatchObject([
      { class: 'mapping', at: 'tickets:退款.人工出款' },
    ])
  })
})

describe('a migration plan', () => {
  const token = { visit: 1, since: 0, from: null, team: null, assignee: null, clocks: [] }
  const ticket = (node: string, more: Partial<TicketState> = {}): TicketState => ({
    ...{ id: node, kind: '退款', seq: 1, entry: 'chat', openedAt: 0, closedAt: null, outcome: null },
    ...{ priority: '中', customer: null, subject: null, fields: { 原因: '质量问题' } },
    ...{ tokens: { [node]: token }, regions: {}, visits: {}, counts: {}, timers: [], prices: {}, ...more },
  })
  const after = changed(
    ['  node 受理 by 客服 {', '  node 登记 by 客服 {'],
    ['  start -> 受理', '  start -> 登记'],
    ['on 退回 -> 受理', 'on 退回 -> 登记'],
    ['route 退款.受理', 'route 退款.登记'],
    ['do     受理.同意', 'do     登记.同意'],
    ['do     受理.同意', 'do     登记.同意'],
  )
  const none = { nodes: {}, fields: {}, values: {}, drains: [] }

  test('says of every ticket what becomes of it', () => {
    const running = { ...token, run: { state: 'running', detail: null } as const }
    const tickets = [
      ticket('复核'),
      ticket('受理'),
      ticket('对账', { id: 'old', closedAt: 5 }),
      ticket('出款', { tokens: { 出款: running } }),
      ticket('复核', { id: 'odd', fields: { 原因: '没有了', 从前: 1 } }),
    ]
    expect(planMigration(after, { before, mapping: none, tickets }).moves).toEqual([
      { move: 'auto', ticket: '复核', places: {}, fields: {} },
      { move: 'needs-mapping', ticket: '受理', missing: [{ what: 'node', name: '受理' }] },
      { move: 'stays', ticket: 'old', because: 'closed' },
      { move: 'stays', ticket: '出款', because: 'running-action' },
      {
        move: 'needs-mapping',
        ticket: 'odd',
        missing: [
          { what: 'field', name: '从前' },
          { what: 'value', name: '原因=没有了' },
        ],
      },
    ])
  })

  test('follows what was said about nodes, fields and values, and leaves alone what is to end as it is', () => {
    const nodes = { '退款.受理': '退款.登记' }
    const tickets = [ticket('受理'), ticket('复核')]
    expect(
      planMigration(after, { before, mapping: { ...none, nodes, drains: ['退款.复核'] }, tickets }).moves,
    ).toEqual([
      { move: 'auto', ticket: '受理', places: { 受理: '登记' }, fields: {} },
      { move: 'stays', ticket: '复核', because: 'drained' },
    ])
  })
})

describe('a desk’s own text and a new release', () => {
  const base = { 'a.axle': written }
  const edit = (from: string, to: string) => ({ 'a.axle': written.replace(from, () => to) })

  test('meet row by row and field by field', () => {
    const mine = edit('|| 0.5%          | ¥2          |', '|| 0.4%          | ¥2          |')
    const theirs = edit('|| 1%            | ¥3          |', '|| 0.9%          | ¥3          |')
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(conflicts).toEqual([])
    expect(texts['a.axle']).toContain('|| 0.4%          | ¥2          |')
    expect(texts['a.axle']).toContain('|| 0.9%          | ¥3          |')
  })

  test('of two tests of one table are told apart by their columns', () => {
    const one = (first: string, second: string) =>
      `test 费 {\n  | 档 || 应付 |\n  |----||------|\n  | A  || ${first}  |\n}\n\n// 没有档的\ntest 费 {\n  | 数 || 应付 |\n  |----||------|\n  | 1  || ${second}  |\n}\n`
    const sides = {
      base: { a: one('¥1', '¥2') },
      mine: { a: one('¥3', '¥2') },
      theirs: { a: one('¥1', '¥4') },
    }
    expect(mergeTexts(sides)).toEqual({ texts: { a: one('¥3', '¥4') }, conflicts: [] })
    const both = mergeTexts({ ...sides, theirs: { a: one('¥5', '¥4') } })
    expect(both.conflicts.map(conflict => sayConflict(conflict, 'zh'))).toEqual([
      '测试「费 | 档 || 应付 |」 › 行 A: 本企业和新版都改了',
    ])
  })

  test('that change one row both are a conflict with its place in words', () => {
    const mine = edit('|| 0.5%          | ¥2          |', '|| 0.4%          | ¥2          |')
    const theirs = edit('|| 0.5%          | ¥2          |', '|| 0.6%          | ¥2          |')
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(texts).toEqual(mine)
    expect(conflicts.map(conflict => sayConflict(conflict, 'zh'))).toEqual([
      '表「退款费率」 › 行 华东 | < 金卡 | < ¥500: 本企业和新版都改了',
    ])
  })

  test('that change the conditions of one row both are a conflict, not two rows', () => {
    const row = '| not 华东 | < 金卡  | < ¥500        || 1%            | ¥3          |'
    const mine = edit(row, row.replace('< ¥500 ', '< ¥400 '))
    const theirs = edit(row, row.replace('< ¥500 ', '< ¥600 '))
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(texts).toEqual(mine)
    expect(conflicts.map(({ kind }) => kind)).toEqual(['both-changed'])
    expect(mergeTexts({ base, mine: base, theirs })).toEqual({ texts: theirs, conflicts: [] })
  })

  test('that add to one list both hold each other’s', () => {
    const mine = edit('{ 线上, 导购, 分销 }', '{ 线上, 导购, 分销, 门店 }')
    const theirs = edit('{ 线上, 导购, 分销 }', '{ 线上, 直播, 导购, 分销 }')
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(conflicts).toEqual([])
    expect(texts['a.axle']).toContain('enum 渠道 { 线上, 直播, 导购, 分销, 门店 }')
  })

  test('meet although each left a slip of its own behind', () => {
    const lists = { 'a.axle': 'enum 甲 { 一, 二 }\nenum 乙 { 三, 四 }\n' }
    const slip = (name: string) => ({ 'a.axle': lists['a.axle'].replace(` ${name} `, ' ') })
    const { texts, conflicts } = mergeTexts({ base: lists, mine: slip('二'), theirs: slip('四') })
    expect(conflicts).toEqual([])
    expect(texts['a.axle']).toBe('enum 甲 { 一, }\nenum 乙 { 三, }\n')
  })

  test('leaves alone what neither touched, lines that end without a comma included', () => {
    const entity = (档: string) => ({
      'a.axle': `entity 甲 {\n  一: text key, 二: text\n  三: int, 四: int default ${档}\n}\n`,
    })
    const theirs = { 'a.axle': 'entity 甲 {\n  一: text key, 二: text\n  三: int\n}\n' }
    const { texts, conflicts } = mergeTexts({ base: entity('4'), mine: entity('5'), theirs })
    expect(texts).toEqual(entity('5'))
    expect(conflicts.map(({ kind }) => kind)).toEqual(['theirs-removed'])
  })
})
