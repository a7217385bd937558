import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { diffBlueprints, meaningOf, mergeTexts, sayChange, sayConflict, worstClass } from '#dsl/change'
import { severityOf } from '#dsl/diagnostics'
import { format } from '#dsl/format'
import { planMigration, type TicketState } from '#core/desk'

const written = readFileSync('examples/03-aftersale/aftersale.axle', 'utf8')
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

// What is written otherwise, and what the change is said to be.
const cases: readonly (readonly [from: string, to: string, kind: string, says: string])[] = [
  [
    'enum 渠道 { 线上, 导购, 分销 }',
    'enum 渠道 { 线上, 导购, 分销, 门店 }',
    'safe',
    '「渠道」新增取值「门店」',
  ],
  [
    '质量问题, 发错货, 七天无理由, 物流破损 }',
    '质量问题, 发错货, 七天无理由, 物流破损, 其他 }',
    'safe',
    '「原因」新增取值「其他」',
  ],
  [
    '{ 普通, 银卡, 金卡, 钻石 }',
    '{ 银卡, 普通, 金卡, 钻石 }',
    'breaking',
    '「等级」的大小次序变了，比较的结果会不同',
  ],
  [
    '  实物照片 : photo[2..6]',
    '  实物照片 : photo[2..6]\n  备注 : text',
    'safe',
    '「退款单」新增字段「备注」',
  ],
  [
    '  实物照片 : photo[2..6]',
    '  实物照片 : photo[2..6]\n  渠道 : 渠道 default 线上',
    'auto',
    '「退款单」新增字段「渠道」',
  ],
  [
    '  实物照片 : photo[2..6]',
    '  实物照片 : photo[2..6]\n  单号 : int in 1..9 required',
    'mapping',
    '「退款单」新增必填字段「单号」，进行中的要补',
  ],
  ['  凭证     : photo[1..6] ', '  凭证     : photo[1..9] ', 'auto', '「退款单.凭证」的范围或显示条件变了'],
  [
    '手续费   : money  = 退款费率(订单.客户.region, 订单.客户.等级, 金额).费用',
    '手续费   : money  = ¥0',
    'auto',
    '「退款单.手续费」的算法或默认值变了',
  ],
  ['  node 人工出款 by 财务', '  node 人工出款 by 主管', 'auto', '节点「人工出款」的负责人：财务 → 主管'],
  ['clock 审批 4h of 营业', 'clock 审批 8h of 营业', 'auto', '「退款.复核」的时限「审批」变了'],
  [
    '| 客服  | 主管  | 财务 | 店长  | customer |',
    '| 财务 | 主管  | 客服  | 店长  | customer |',
    'auto',
    '「财务」多了权限：write 退款单.原因',
  ],
  [
    '| 财务 | 店长  | customer |\n  |----------------------|-------|-------|------|-------|----------|\n  | 原因, 说明, 退货件数 | write | write | read | read  | write    |',
    '| 财务 | 店长  | customer |\n  |----------------------|-------|-------|------|-------|----------|\n  | 原因, 说明, 退货件数 | write | write | -    | read  | write    |',
    'safe',
    '「财务」少了权限：read 退款单.原因',
  ],
  [
    'needs   net "coupon.example.com", read customer.id',
    'needs   net "coupon.example.com", net "b.example.com", read customer.id',
    'breaking',
    '动作「coupon.发放」要新访问主机 b.example.com，须重新同意',
  ],
  [
    'setting 投诉阈值: int in 1..3',
    'setting 投诉阈值: int in 1..2',
    'mapping',
    '设置「投诉阈值」的范围变了，企业已选的值可能不再允许',
  ],
  [
    '| 华东     | < 金卡  | < ¥500        || 0.5%          | ¥2          |',
    '| 华东     | < 金卡  | < ¥500        || 0.4%          | ¥2          |',
    'safe',
    '表「退款费率」地区是华东，且等级低于 金卡，且金额低于 ¥500：费率 0.5% → 0.4%',
  ],
  ['role 财务', 'role 财务, 审计', 'mapping', '新增角色「审计」，要安排人'],
  ['lexicon 促销词 { "免费" }', 'lexicon 促销词 { "免费", "清仓" }', 'safe', '词库「促销词」有改动'],
  ['version 3 {', 'version 2 {', 'breaking', '版本变小：3 → 2'],
  ['  event 下单, 完成', '  event 下单, 完成, 取消', 'safe', '「订单」新增事件「取消」'],
  [
    '    on 驳回 ask 驳回理由       -> 结束.已驳回\n  }',
    '    on 驳回 ask 驳回理由       -> 结束.已驳回\n    on 挂起 -> 复核\n  }',
    'auto',
    '节点「受理」新增「挂起」',
  ],
]

describe('the difference of two versions', () => {
  test.each(cases.map(([from, to, kind, says]) => ({ from, to, kind, says })))(
    'is $kind: $says',
    ({ from, to, kind, says }) => {
      const changes = diffBlueprints(before, changed([format(from) === from ? from : from, to]))
      const said = changes.map(change => ({ class: change.class, says: sayChange(change, 'zh') }))
      expect(said).toContainEqual({ class: kind, says })
      for (const change of changes)
        expect(sayChange(change, 'en')).not.toMatch(/\{\w+\}|[\u4e00-\u9fff]{2,}的/)
    },
  )

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

  test('that change one row both are a conflict with its place in words', () => {
    const mine = edit('|| 0.5%          | ¥2          |', '|| 0.4%          | ¥2          |')
    const theirs = edit('|| 0.5%          | ¥2          |', '|| 0.6%          | ¥2          |')
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(texts).toEqual(mine)
    expect(conflicts.map(conflict => sayConflict(conflict, 'zh'))).toEqual([
      'table 退款费率 › 行 华东 | < 金卡 | < ¥500: 本企业和新版都改了',
    ])
  })

  test('that add to one list both hold each other’s', () => {
    const mine = edit('{ 线上, 导购, 分销 }', '{ 线上, 导购, 分销, 门店 }')
    const theirs = edit('{ 线上, 导购, 分销 }', '{ 线上, 直播, 导购, 分销 }')
    const { texts, conflicts } = mergeTexts({ base, mine, theirs })
    expect(conflicts).toEqual([])
    expect(texts['a.axle']).toContain('enum 渠道 { 线上, 直播, 导购, 分销, 门店 }')
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
