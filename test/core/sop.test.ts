import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { decideSop, enrol, mayEnter, momentOf, type Enrolment, type SopDecision } from '#core/sop'
import { customerFacts } from '#core/limit'
import { holidayTables } from '#core/values'

const zone = 'Asia/Shanghai'
const DAY = 24 * 3_600_000
const START = Date.parse('2026-03-02T10:00+08:00')
const { blueprint, diagnostics } = checkPack({
  't.axle': `pack t "t" version 1
role 导购, 店长
entity 订单 { 号: text key, 客户: customer; event 下单, 退货 }
extend customer { 等级: int default 0; event 添加 }
segment 沉睡 = last(订单.下单) < today - 3mo
sop 甲 {
  on   customer.添加 when customer.等级 > 0 once per 90d
  for  沉睡
  step 一 send wecom "{customer.name}，你好，{customer.等级} 级"
  wait 3d until 订单.退货
  step 二 when customer.等级 > 1 send wecom service "二"
  step 三 task 导购 "跟进 {customer.name}" due 4h else escalate 店长
  wait 1d until 订单.退货 -> stop
  step 四 send wecom "四"
  on   customer.回复 -> stop
  stop when customer.退订
  goal 订单.下单 within 14d
}
limit 限 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | else    || 1       | drop   |
}`,
})
const sop = blueprint.sops['甲']!

function question(
  at: number,
  data: Record<string, string | number | boolean> = {},
  last: Record<string, number> = {},
) {
  const records = { customer: { c: { id: 'c', name: '王', 等级: 1, ...data } } }
  const history = { open: new Set<string>(), last }
  const about = { customer: 'c', subject: null, history, at, zone }
  const facts = customerFacts(blueprint, { records, settings: {} }, about)
  return { blueprint, facts, frame: { zone, holidays: holidayTables }, at }
}

const begin = (data = {}) =>
  enrol(question(START, data), { command: 'enrol', id: 'e', sop: '甲', customer: 'c', subject: null })
const due = (state: Enrolment, data = {}) =>
  decideSop(question(state.dueAt!, data), state, { command: 'due' })!
const event = (state: Enrolment, name: string, at = START + DAY) =>
  decideSop(question(at), state, { command: 'event', event: name })
const texts = ({ effects }: SopDecision) => effects.map(effect => effect.text)

describe('an SOP', () => {
  test('is read without a fault', () => expect(diagnostics).toEqual([]))

  test('sends at once, fills its text, and waits calendar days', () => {
    const first = begin()
    expect(texts(first)).toEqual(['王，你好，1 级'])
    expect(first.effects[0]).toMatchObject({ purpose: 'promo', channels: ['wecom'] })
    expect(first.state).toMatchObject({ status: 'running', dueAt: START + 3 * DAY })
  })

  test('leaves out a step whose condition does not hold, and says so', () => {
    const second = due(begin().state)
    expect(second.effects).toMatchObject([
      { effect: 'task', role: '导购', text: '跟进 王', escalate: ['店长'] },
    ])
    expect(second.effects[0]).toMatchObject({ dueAt: START + 3 * DAY + DAY / 6 })
    expect(second.state.log.map(entry => entry.happened.kind)).toContain('step-skipped')
    expect(texts(due(begin().state, { 等级: 2 }))).toEqual(['二', '跟进 王'])
  })

  test('is asked too early and does nothing', () => {
    const { state } = begin()
    expect(decideSop(question(state.dueAt! - 1), state, { command: 'due' })).toBeUndefined()
  })

  test('an awaited event ends the wait: on without a target, out with stop', () => {
    const { state } = begin()
    const onward = event(state, '订单.退货')!
    expect(texts(onward)).toEqual(['跟进 王'])
    expect(event(onward.state, '订单.退货', START + 2 * DAY)!.state).toMatchObject({
      status: 'stopped',
      dueAt: null,
    })
    expect(event(state, 'customer.添加')).toBeUndefined()
  })

  test('a stop that holds ends it before the next step', () => {
    const stopped = due(begin().state, { 退订: true })
    expect(stopped.effects).toEqual([])
    expect(stopped.state).toMatchObject({ status: 'stopped', dueAt: null })
    expect(event(begin().state, 'customer.回复')!.state.status).toBe('stopped')
  })

  test('the goal is reached between any two steps, after the last one too, and no later than said', () => {
    const last = due(due(begin().state).state)
    expect(last.state).toMatchObject({ status: 'watching', dueAt: START + 14 * DAY })
    expect(event(begin().state, '订单.下单')!.state.status).toBe('reached')
    expect(event(last.state, '订单.下单', START + 14 * DAY)!.state.status).toBe('reached')
    expect(event(last.state, '订单.下单', START + 14 * DAY + 1)).toBeUndefined()
    expect(due(last.state).state).toMatchObject({ status: 'done', dueAt: null })
  })

  test('what ended answers nothing any more', () => {
    const { state } = event(begin().state, 'customer.回复')!
    expect(event(state, '订单.下单')).toBeUndefined()
    expect(decideSop(question(START + DAY), state, { command: 'due' })).toBeUndefined()
  })

  test('admits by segment, condition and time since the last enrolment, one at a time', () => {
    const [byEvent, bySegment] = sop.triggers
    const last = (days: number) => ({ startedAt: START - days * DAY, isRunning: false })
    expect(mayEnter(question(START), byEvent!, undefined)).toBe('enter')
    expect(mayEnter(question(START, { 等级: 0 }), byEvent!, undefined)).toBe('condition')
    expect(mayEnter(question(START), byEvent!, last(89))).toBe('once')
    expect(mayEnter(question(START), byEvent!, last(90))).toBe('enter')
    expect(mayEnter(question(START), byEvent!, { ...last(90), isRunning: true })).toBe('running')
    expect(mayEnter(question(START), bySegment!, undefined)).toBe('segment')
    const dozing = { '订单.下单': Date.parse('2025-12-01T12:00+08:00') }
    expect(mayEnter(question(START, {}, dozing), bySegment!, undefined)).toBe('enter')
    const recent = { '订单.下单': Date.parse('2025-12-02T12:00+08:00') }
    expect(mayEnter(question(START, {}, recent), bySegment!, undefined)).toBe('segment')
  })
})

describe('an SOP of a record’s date', () => {
  const pack = checkPack({
    't.axle': `pack t "t" version 1
entity 预约 { 号: text key, 学员: customer, 日期: date?, 时段: time default 10:00, 到课: bool default false }
sop 试听 {
  for  预约 at 日期 - 1d + 10:00
  step 提醒 send wecom "明天 {预约.时段}"
  wait until 预约.日期 + 时刻
  step 再提醒 when not 预约.到课 send wecom service "今天见"
  step 又 send wecom service "又"
  wait 1d
  step 回访 send wecom "怎么样"
}
setting 时刻: time default 16:00
limit 限 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | else    || 9       | drop   |
}`,
  })
  const own = pack.blueprint
  const trigger = own.sops['试听']!.triggers[0]!
  const asked = (at: number, row: Record<string, string | boolean>) => {
    const records = { customer: { c: { id: 'c', name: '王' } }, 预约: { r: { 号: 'r', 学员: 'c', ...row } } }
    const history = { open: new Set<string>(), last: {} }
    const subject = { entity: '预约', key: 'r' }
    const facts = customerFacts(own, { records, settings: {} }, { customer: 'c', subject, history, at, zone })
    return { blueprint: own, facts, frame: { zone, holidays: holidayTables }, at }
  }
  const at = (text: string) => Date.parse(`${text}+08:00`)
  const said = (decision: SopDecision) => decision.effects.map(({ text }) => text)
  const start = (instant: number, row: Record<string, string | boolean>) => {
    const subject = { entity: '预约', key: 'r' }
    return enrol(asked(instant, row), { command: 'enrol', id: 'e', sop: '试听', customer: 'c', subject })
  }

  test('is read without a fault, and its moment from the record’s own fields', () => {
    expect(pack.diagnostics).toEqual([])
    const record = (row: Record<string, string | boolean>) => asked(0, row).facts['预约']!
    expect(momentOf(own, trigger, record({ 日期: '2026-03-08' }))).toBe(at('2026-03-07T10:00'))
    expect(momentOf(own, trigger, record({}))).toBeUndefined()
  })

  test('waits until a moment that is to come', () => {
    const begun = start(at('2026-03-07T10:00'), { 日期: '2026-03-08' })
    expect([said(begun), begun.state.dueAt]).toEqual([['明天 10:00'], at('2026-03-08T16:00')])
    const row = { 日期: '2026-03-08', 到课: true }
    const on = decideSop(asked(begun.state.dueAt!, row), begun.state, { command: 'due' })!
    expect([said(on), on.state.dueAt]).toEqual([['又'], at('2026-03-09T16:00')])
  })

  test.each([{ 日期: '2026-03-06' }, {}])(
    'leaves out what belongs to a moment that is over or absent: %j',
    row => {
      const begun = start(at('2026-03-07T10:00'), row)
      expect(said(begun)).toEqual([`明天 10:00`])
      expect(begun.state.dueAt).toBe(at('2026-03-08T10:00'))
      const on = decideSop(asked(begun.state.dueAt!, row), begun.state, { command: 'due' })!
      expect(said(on)).toEqual(['怎么样'])
    },
  )
})
