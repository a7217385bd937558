import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { manualOf, manualOfTexts, readDeclaration, readNode, readParallel, readRows } from '#dsl/reading'
import { parse } from '#dsl/syntax'
import { readPack } from '../../runtime/commands/source.ts'

const { blueprint, diagnostics } = checkPack({
  't.axle': `pack t "t" version 1
role 客服, 主管, 财务
hours 营业 "营业" { mon..fri 09:00..18:00 }
form 单 { 实退: money, 驳回理由: text, 加急: bool }
ticket 退款 for 单 {
  entry chat
  start -> 受理
  clock 滞留 3d { at 100% notify upstream }
  node 受理 by 客服 {
    clock 响应 2h of 营业 { at 50% notify assignee; at 100% escalate 主管 mark 紧急 }
    on 同意 when 实退 <= ¥300 and not 加急 -> 处理
    on 同意                                -> 复核
    on 驳回 ask 驳回理由                   -> 结束.已驳回
  }
  node 复核 by 主管 { on 通过 -> 处理; on 退回 -> 受理 max 2 else -> 结束.已驳回 }
  parallel 处理 join all {
    branch 甲 when 加急 { node 急办 by 客服 { on 好 -> done } }
    branch 乙 { node 对账 by 财务 { on 无误 -> done; on 异常 -> abort 复核 } }
  } -> 打款
  node 打款 by 财务 { on 已打款 -> 结束.已退款; after 7d -> 结束.已退款 }
  end 结束 { 已退款 ok, 已驳回 fail }
}`,
})
const { 退款: ticket } = blueprint.tickets

/** What only speaks about other declarations, or is told by the test command. */
const speaksOfOthers = new Set(['use', 'labels', 'test', 'scenario'])

describe('a declaration reads as one Chinese sentence', () => {
  test('the pack is read without a fault', () => expect(diagnostics).toEqual([]))

  test.each([
    [
      '受理',
      '受理由客服负责；营业时间 2 小时内响应，过半提醒处理人，超时升级主管并标紧急；' +
        '同意，若实退不超过 ¥300，且未加急，则到处理；同意的其他情况则到复核；驳回则填写驳回理由，以「已驳回」结束。',
    ],
    ['复核', '复核由主管负责；通过则到处理；退回则到受理，最多 2 次，之后以「已驳回」结束。'],
    ['对账', '对账由财务负责；无误则这一路完成；异常则中止其余，到复核。'],
    ['打款', '打款由财务负责；已打款则以「已退款」结束；7 天没有动静则以「已退款」结束。'],
  ])('node %s', (node, sentence) => {
    expect(readNode(blueprint, ticket!, node)).toBe(sentence)
  })

  test('a parallel region', () => {
    expect(readParallel(blueprint, ticket!, '处理')).toBe(
      '处理同时进行：已加急时急办；对账。都完成后到打款。',
    )
  })
})

describe('a table says first what several rows make together', () => {
  test.each([
    ['first', '自上而下，第一条符合的算数。'],
    ['priority', '几条都符合时，急最高的算数。'],
    ['output order', '符合的每一条都算，急高的在前。'],
    ['collect count', '数一数有几条符合。'],
  ])('%s', (policy, sentence) => {
    const source = `pack t "t" version 1
enum 急 ordered { 低, 高 }
table 甲 ${policy} { | 数: int? || 急 |\n |---||---|\n | > 5 || 高 |\n | not null || 低 |\n | else || 低 | }`
    const { blueprint, diagnostics } = checkPack({ 't.axle': source })
    expect(diagnostics).toEqual([])
    const rows = ['数超过 5：急 高。', '数不是空：急 低。', '其他情况：急 低。']
    expect(readRows(blueprint, blueprint.tables['甲']!)).toEqual([sentence, ...rows])
  })
})

describe('a sum', () => {
  test.each([
    ['(甲 + 乙) * 丙', '（甲加乙）乘丙'],
    ['甲 + 乙 * 丙', '甲加乙乘丙'],
    ['甲 - 乙 - 丙', '甲减乙减丙'],
    ['甲 - (乙 - 丙)', '甲减（乙减丙）'],
    ['甲 - 乙 * 丙', '甲减乙乘丙'],
    ['(if 甲 > 1 then 乙 else 丙) * 甲', '（甲超过 1时为乙，否则为丙）乘甲'],
    ['month(日)', '日的月份'],
  ])('of %s has the brackets that it means', (expression, said) => {
    const source = `pack t "t" version 1\nform 单 { 甲: int, 乙: int, 丙: int, 日: date, 丁: int = ${expression} }`
    const { blueprint, diagnostics } = checkPack({ 't.axle': source })
    expect(diagnostics.map(({ code }) => code).filter(code => code !== 'AX5030')).toEqual([])
    const [, node] = parse(source).declarations
    expect(readDeclaration(blueprint, node!)).toContain(`丁：整数，自动算出：${said}。`)
  })
})

describe('words of a manual', () => {
  const source = `pack t "t" version 1
use channel wecom
role 客服
team 甲组, 乙组, 丙组, 丁组, 戊组, 周末组
enum 类 { 甲, 乙, 丙, 丁, 戊 }
extend customer { 加急: bool default false }
form 单 for store { 类: 类, 急: bool, 率: percent = 费(急, ¥1).率, 说明: text required when known(急), 店名: text = store.name }
table 费 { | 加急: bool | 金额: money || 率: percent |\n|---|---||---|\n| true | - || 2% |\n| false | - || 1% |

  应收: money = 金额 * 率 round half_up ¥0.01 }
ticket 事 for 单 {
  entry web
  start -> 一
  clock 滞留 3d { at 100% notify upstream }
  node 末 by 客服 { on 好 -> 完.成 }
  node 一 by 客服 { on 好 -> 同办 }
  parallel 同办 join all { branch 左 { node 二 by 客服 { on 好 -> done } } } -> 末
  end 完 { 成 ok }
}
route 事.一 first {
| weekday(today) | 类 || team |\n|---|---||---|\n| >= 6 | - || 周末组 |\n| - | 甲 || 甲组 |\n| - | 乙 || 乙组 |\n| - | 丙 || 丙组 |\n| - | 丁 || 丁组 |\n| else || 戊组 |
pick least_loaded }
entity 订单 { 号: text key, 客户: customer, 日: date; event 下单 }
stage 阶段 for customer { 新人 when 订单.下单 within 30d and 订单.下单 within 60d; 老人 else }
template 券(客: text, 名: text) { wecom "{客}，{名}到了" }
limit 触达 on send { | purpose || per day | beyond |\n|---||---|---|\n| else || 1 | defer | }
sop 甲 { for 阶段.老人 when not customer.回复 within 9d once per 30d; step 一 send wecom 券(customer.name, "生日券") }
sop 乙 { for 订单 at start_of_month(日) + 10:00 when days_between(last(订单.下单), today) > 3 once per 30d; step 二 send wecom "您好" }`
  const { blueprint, diagnostics } = checkPack({ 't.axle': source })
  const { declarations } = parse(source)
  const told = (kind: string, name: string) =>
    readDeclaration(
      blueprint,
      declarations.find(node => node.kind === kind && node.name.text === name)!,
    )

  test('the pack is read without a fault', () => expect(diagnostics).toEqual([]))

  test('nodes come as a ticket comes to them, a region before its branches', () => {
    expect(told('ticket', '事').map(line => line.slice(0, 2))).toEqual([
      '从网',
      '每个',
      '一由',
      '同办',
      '二由',
      '末由',
    ])
  })

  test('a long route is told row by row, what is worked out of the day in words', () => {
    expect(told('route', '事.一')).toEqual([
      '一的派单有 6 条，自上而下，第一条符合的算数。',
      '今天的星期不低于 6派给周末组。',
      ...['甲', '乙', '丙', '丁'].map(kind => `类是${kind}派给${kind}组。`),
      '其他情况派给戊组。',
      '组内依次看谁手上最少。',
    ])
  })

  test('what a table works out stands below its rows', () => {
    expect(readRows(blueprint, blueprint.tables['费']!).at(-1)).toBe('应收：金额乘率，四舍五入到 ¥0.01。')
  })

  test('a stage is named and not spelt out, a template’s words stand as words, a negation in brackets', () => {
    expect(told('sop', '甲').slice(0, 2)).toEqual([
      '阶段里的「老人」进入，条件：9 天内没有客户回复，30 天内只进入一次。',
      '第 1 步：通过企业微信发推广“{客户的称呼}，生日券到了”。',
    ])
    expect(manualOf(blueprint)).toContain('并非（30 天内有过订单下单，且60 天内有过订单下单）')
    expect(told('sop', '乙')[0]).toBe(
      '订单的日当月第一天的 10:00进入，条件：从最近一次订单下单的日期到今天的天数超过 3，30 天内只进入一次。',
    )
  })

  test('a field that is asked for has no 已, and a store is 门店', () => {
    const lines = told('form', '单')
    expect(lines).toContain('说明：文字，已填急时必填。')
    expect(lines).toContain('店名：文字，自动算出：门店的称呼。')
  })
})

describe('any declaration', () => {
  const folders = ['plugins/retail', 'plugins/manufacturing', 'plugins/education', 'examples/08-field-repair']

  test.each(folders)('of %s is told in whole sentences', async folder => {
    const texts = await readPack(folder)
    const { blueprint } = checkPack(texts)
    for (const [file, source] of Object.entries(texts))
      for (const node of file.startsWith('@') ? [] : parse(source).declarations) {
        if (speaksOfOthers.has(node.kind)) continue
        const said = readDeclaration(blueprint, node)
        expect(said, `${node.kind} ${node.name.text}`).not.toEqual([])
        for (const sentence of said) expect(sentence).toMatch(/。$/)
      }
  })

  test.each([
    [
      'pool 线索 { claim 5 per 1d; protect 7d }',
      '线索：每人每 1 天最多认领 5 条，认领后 7 天内只归认领的人。',
    ],
    ['enum 急 "急不急" ordered { 低, 高 "很急" }', '急不急，从低到高：低、很急。'],
    ['role 主管 extends 客服', '角色：主管（也有客服的权限）。'],
    [
      'property "不为负" { for 数: int in 1..9; when 数 < 5; expect 数 > 0 }',
      '不为负：数在 1 到 9的每个值，数低于 5时，都要数超过 0。',
    ],
    [
      'migrate from 2 { node 退款.审核 -> 退款.复核; drain 退款.打款 }',
      '从第 2 版升级：停在退款的审核的工单到退款的复核；停在退款的打款的工单按老版本走完。',
    ],
    [
      'quote 报价单 for 单 { option 标准 报价; valid 14d }',
      '报价单：给客户这些选择：标准（按「报价」）；14 天内有效。',
    ],
    [
      'limit 触达 on send {\n| purpose || beyond |\n|---||---|\n| else || drop |\nslow promo 50% when unanswered >= 3\ncap 40 per 1h per sender else queue\n}',
      '连续没有回复的条数不低于 3时，推广减到 50%。 每个发送人1 小时最多发 40 条，超出的排队等着。',
    ],
  ])('%s', (source, sentence) => {
    const [node] = parse(source).declarations
    expect(readDeclaration(blueprint, node!).join(' ')).toBe(sentence)
  })
})

describe('the manual of a pack', () => {
  test.each([
    ...['plugins/retail', 'plugins/manufacturing', 'plugins/education'],
    ...['examples/01-first-form', 'examples/07-aftersale', 'examples/08-field-repair'],
  ])('of %s says what the golden file says, without a word of the code', async folder => {
    const text = manualOfTexts(await readPack(folder))
    expect(text).not.toMatch(
      /undefined|\[object|\bop\b|(?<!\{[^}]*)\b(customer|purpose|channel|upstream|half_up)\b/,
    )
    const golden = `../golden/manuals/${folder.split('/').at(-1)}.md`
    await expect(text).toMatchFileSnapshot(golden)
  })

  test('is printed by the command line, with findings instead when the pack has errors', () => {
    const run = (path: string) =>
      spawnSync(process.execPath, ['runtime/cli.ts', 'manual', path], { encoding: 'utf8' })
    expect(run('examples/01-first-form').stdout).toMatch(/^# .*业务说明书\n/)
    expect(run('test/golden/cases/flow.axle')).toMatchObject({ status: 1 })
  })
})
