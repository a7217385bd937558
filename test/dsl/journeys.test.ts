import { describe, expect, test } from 'vitest'
import { checkPack, coverageOf, playScenario, tellHistory, whyFailed } from '#dsl'
import { referencesAt } from '#dsl/service'

const pack = `pack t "t" version 1
use channel wecom
role 客服
setting 上限: int in 1..2 default 1
extend customer { 最近下单: date? = last(订单.下单) }
entity 订单 { 号: text key, 客户: customer; event 下单 }
entity 设备 { 号: text key, 客户: customer, 保养: date }
form 投诉单 { 说明: text }
ticket 客诉 for 投诉单 {
  entry chat
  start -> 一
  node 一 by 客服 { clock x 24h { at 100% notify assignee }; on 好 -> 结束.完 }
  end 结束 { 完 ok }
}
segment 老客 = customer.最近下单 < today - 30d
sop 唤醒 {
  for 老客 once per 90d
  step 问候 send wecom "{customer.name}，好久不见"
  wait 12h
  step 再问 send wecom "再来看看"
  wait 3d
  step 三问 send wecom "最后一次"
  stop when open(客诉)
  goal 订单.下单 within 14d
}
sop 保养 { for 设备 at 保养 - 14d + 10:00; step 邀约 send wecom "该保养了" }
limit 触达 on send {
  | purpose || per day | per week | quiet        | beyond |
  |---------||---------|----------|--------------|--------|
  | promo   || 上限    | 3        | 21:00..09:00 | defer  |
  | else    || 10      | -        | -            | defer  |
  skip promo when open(客诉)
  pause campaign when complaints >= 1 notify admin
}
`
const began = `  at 2026-03-02 10:00
  given 订单 { 号: "A", 客户: { name: "张三" } }
  report 订单.下单
`
const play = (steps: string) => {
  const text = `${pack}test "故事" {\n${began}${steps}\n}`
  const { diagnostics, blueprint, scenarios } = checkPack({ 'a.axle': text })
  expect(diagnostics).toEqual([])
  return { text, blueprint, story: playScenario(blueprint, scenarios[0]!) }
}
const broke = (steps: string) => {
  const { text, story } = play(steps)
  return story.failure && text.slice(story.failure.start).split('\n')[0]
}

describe('a story with a journey', () => {
  test('enters who belongs to the segment, at nine in the morning, and the gate puts off what is too much', () => {
    expect(broke('  wait 29d\n  expect not sent(问候)\n  wait 3d\n  expect sent(问候)')).toBeNull()
    expect(broke('  wait 32d\n  expect deferred(再问) and sent(唤醒.再问)')).toBeNull()
    expect(broke('  wait 29d\n  expect sent(问候)')).toBe('expect sent(问候)')
  })

  test('ends at its goal, and when its condition to stop holds', () => {
    expect(broke('  wait 32d\n  report 订单.下单\n  wait 10d\n  expect not sent(三问)')).toBeNull()
    expect(broke('  wait 32d\n  create 客诉 { 说明: "x" }\n  wait 10d\n  expect not sent(三问)')).toBeNull()
  })

  test('pauses after a complaint: what was to come is held for others too', () => {
    const other = '  given 订单 { 号: "B", 客户: { name: "李四" } }\n  report 订单.下单\n  wait 31d\n'
    const told = play(
      `  wait 32d\n  create 客诉 { 说明: "x" }\n  expect open(客诉)\n  do 一.好 as 客服\n${other}  expect not open(客诉) and held(问候)`,
    )
    expect(told.story.failure).toBeNull()
  })

  test('waits for the date of a record', () => {
    const device = '  given 设备 { 号: "E", 客户: { name: "王五" }, 保养: 2026-04-01 }\n'
    expect(broke(`${device}  wait 15d\n  expect not sent(邀约)\n  wait 1d\n  expect sent(邀约)`)).toBeNull()
  })

  test('tells what the gate said, and counts the steps it came to', () => {
    const { blueprint, story } = play('  wait 32d')
    expect(tellHistory(blueprint, story.history, 'zh')).toEqual([
      '2026-04-02 09:00 唤醒 客户进入',
      '2026-04-02 09:00 唤醒 问候 发出“张三，好久不见”',
      '2026-04-02 21:00 唤醒 再问 推迟（quiet、cap）',
      '2026-04-03 09:00 唤醒 再问 发出“再来看看”',
    ])
    expect(coverageOf(blueprint, { cases: [], stories: [story] })).toContainEqual(
      expect.objectContaining({ what: 'steps', name: '唤醒', hit: 2, missing: ['三问'] }),
    )
  })

  test('a name in it is found from where it is declared, and an unknown one is reported', () => {
    const { text } = play('  wait 32d\n  expect sent(问候) and not open(客诉)')
    const at = (name: string) => referencesAt({ 'a.axle': text }, 'a.axle', text.indexOf(name)).length
    expect(at('问候')).toBe(2)
    expect(at('下单 }')).toBe(4)
    const wrong = checkPack({ 'a.axle': `${pack}test "故事" { report 订单.收货; expect sent(问好) }` })
    expect(wrong.diagnostics.map(({ code, params }) => `${code} ${params.name}`)).toEqual([
      'AX2002 订单.收货',
      'AX2002 问好',
    ])
  })

  test('says in words why it broke', () => {
    const { story } = play('  create 客诉 { 说明: "x" } as 客服\n  do 一.好 as customer')
    expect(whyFailed(story.failure!, 'zh')).toBe('这一步不被允许：这个角色不能处理这个节点，要 客服')
    expect(whyFailed(story.failure!, 'en')).toBe(
      'this step is refused: this role may not act at the node; it takes 客服',
    )
    expect(whyFailed(play('  report 订单.下单\n  expect sent(问候)').story.failure!, 'en')).toBe(
      'what was expected is not so',
    )
  })
})

describe('a story with staff', () => {
  const desk = `pack t "t" version 1
role 客服
team VIP组, 公共池
skill 高价值
extend customer { 等级: text default "" }
form 单 { 说明: text }
ticket 票 for 单 {
  entry chat
  start -> 受理
  node 受理 by 客服 { clock 响应 24h { at 100% notify assignee }; on 好 -> 复核 }
  node 复核 by 客服 { clock 响应 24h { at 100% notify assignee }; on 好 -> 结束.完 }
  end 结束 { 完 ok }
}
route 票.受理 first {
  | 说明  || team   | skill  |
  |-------||--------|--------|
  | "VIP" || VIP组  | 高价值 |
  | else  || 公共池 | -      |
  pick  least_loaded, longest_idle
  cap   2 per staff
  after 10m -> 公共池
  keep  same_assignee within 7d
}
`
  const people = `  given staff { name: "甲", role: 客服, team: [VIP组, 公共池], skill: 高价值 }
  given staff { name: "乙", role: 客服, team: 公共池 }
  given staff { name: "丙", role: 客服, team: 公共池, shift: false }
`
  const broke = (steps: string) => {
    const text = `${desk}test "派单" {\n${people}${steps}\n}`
    const { diagnostics, blueprint, scenarios } = checkPack({ 'a.axle': text })
    expect(diagnostics).toEqual([])
    const { failure } = playScenario(blueprint, scenarios[0]!)
    return failure && text.slice(failure.start).split('\n')[0]
  }
  const open = (words: string) => `  create 票 { 说明: "${words}" }\n`

  test('gives places to whom it names, by team, skill, load and shift', () => {
    expect(broke(`${open('VIP')}  expect assigned("甲") and 票 in VIP组`)).toBeNull()
    const another = '  given customer { name: "另一位" }\n'
    expect(broke(`${open('VIP')}${another}${open('x')}  expect assigned("乙") and 票 in 公共池`)).toBeNull()
    expect(broke(`${open('x').repeat(5)}  expect not assigned("丙")`)).toBeNull()
  })

  test('has what is over the cap wait, and go to another team in time', () => {
    const full = `${open('VIP').repeat(3)}  expect 票 in VIP组 and not assigned("乙")\n`
    expect(broke(`${full}  wait 11m\n  expect assigned("乙")`)).toBeNull()
  })

  test('gives a customer back to whom they know', () => {
    const first = `${open('VIP')}  do 受理.好 as 客服\n  do 复核.好 as 客服\n  expect not assigned("甲")\n`
    expect(broke(`${first}${open('x')}  expect assigned("甲")`)).toBeNull()
  })

  test('reports a team, a role or a skill there is not', () => {
    const text = `${desk}test "派单" { given staff { name: "甲", role: 店长, team: 甲组, 年龄: 3 } }`
    const found = checkPack({ 'a.axle': text }).diagnostics.map(
      ({ code, params }) => `${code} ${params.name}`,
    )
    expect(found).toEqual(['AX2002 店长', 'AX2002 甲组', 'AX2002 年龄'])
  })
})

describe('a story with a signal', () => {
  const desk = `pack t "t" version 1
role 客服
entity 机 { 号: text key }
form 单 for 机 { 钱: money }
signal 雨季 { from weather.forecast(region); out 系数: percent; every 6h; bound 系数 100%..110% }
ticket 票 for 单 {
  entry chat
  start -> 一
  node 一 by 客服 { clock 响应 24h { at 100% notify assignee }; on 好 -> 结束.完 }
  end 结束 { 完 ok }
}
price 价 for 单 {
  line 工 { base 钱; times 雨季.系数; round half_up ¥0.01 }
  total 应收: money = sum(lines)
}
`
  const history = (given: string) => {
    const text = `${desk}test "雨季" {\n  given 机 { 号: "A" }\n${given}  create 票 { 钱: ¥100 }\n}`
    const { diagnostics, blueprint, scenarios } = checkPack({ 'a.axle': text })
    expect(diagnostics.filter(({ code }) => code !== 'AX9001' && code !== 'AX5030')).toEqual([])
    return tellHistory(blueprint, playScenario(blueprint, scenarios[0]!).history, 'en')
  }

  test('reckons with what the signal says, and has no value before it spoke', () => {
    const said = history('  given signal 雨季 { 系数: 110% }\n')
    expect(said).toContainEqual(expect.stringContaining('价 came to 110.00'))
    expect(history('')).not.toContainEqual(expect.stringContaining('came to'))
  })

  test('reports a signal there is not, and what it does not say', () => {
    const text = `${desk}test "雨季" { given signal 台风 { 系数: 110% }; given signal 雨季 { 级: 3 } }`
    const found = checkPack({ 'a.axle': text }).diagnostics.filter(({ code }) => code === 'AX2002')
    expect(found.map(({ params }) => params.name)).toEqual(['台风', '级'])
  })
})
