import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { purposes, type Blueprint, type Purpose } from '#core/blueprint'
import { checkPack } from '#dsl'
import { judge, kindsOf, sendBounds, windowAround, type SendBound, type Window } from '#core/limit'
import { addDays, localDate } from '#core/values'
import { live, type Happening, type SmallWorld, type WorldMessage } from '../support/send-world.ts'

const zone = 'Asia/Shanghai'
const HOUR = 3_600_000
const DAY = 24 * HOUR
const FROM = Date.parse('2026-02-23T00:00+08:00')
const levels = ['普通', '银卡', '金卡']
const head = `pack t "t" version 1
use channel wecom, sms
enum 等级 ordered { 普通, 银卡, 金卡 }
extend customer { 等级: 等级 default 普通, 档: 等级? }
form 单 { 说明: text }
role 客服
ticket 客诉 for 单 { start -> 一; node 一 by 客服 { after 1h -> 结束.完 }; end 结束 { 完 ok } }
entity 预约 { 号: text key, 客户: customer, 日期: date }
entity 订单 { 号: text key, 客户: customer; event 甲, 乙 }
segment 老客 = last(订单.甲) < today - 2d
segment 新客 = 订单.甲 within 2d
segment 金客 = customer.等级 = 金卡
`
const conditions = [
  ...['customer.退订', 'not customer.退订', 'open(客诉)', 'not open(客诉)', 'customer.等级 >= 银卡'],
  ...['customer.等级 < 金卡', 'customer.等级 != 普通', '订单.甲 within 2d', 'not 订单.甲 within 3d'],
  ...['last(订单.乙) < today - 1d', 'customer.档 = 银卡', 'customer.等级 = 银卡 and open(客诉)'],
]
const aCondition = fc.constantFrom(...conditions)
const maybe = (text: fc.Arbitrary<string>) => fc.option(text, { nil: '' })

const aStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('wait 12h', 'wait 1d', 'wait 2d', 'wait 3d', 'wait 1d until 订单.乙'),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        maybe(aCondition.map(text => `when ${text}`)),
        fc.constantFrom('wecom', 'wecom', 'sms', 'wecom, sms'),
        fc.constantFrom('', '', 'service', 'urgent'),
      )
      .map(([when, channels, purpose]) => `step # ${when} send ${channels} ${purpose} "好"`),
  },
)
const aTrigger = fc
  .tuple(
    fc.constantFrom(
      'on 订单.甲',
      'on 订单.乙',
      'for 老客',
      'for 新客',
      'for 金客',
      'for 预约 at 日期 + 21:00',
    ),
    maybe(aCondition.map(text => `when ${text}`)),
    fc.constantFrom('', 'once per 1d', 'once per 3d', 'once per 7d'),
  )
  .map(parts => parts.join(' '))
const aSop = fc
  .tuple(
    fc.array(aTrigger, { minLength: 1, maxLength: 2 }),
    fc.array(aStep, { minLength: 1, maxLength: 5 }),
    maybe(aCondition.map(text => `stop when ${text}`)),
    fc.constantFrom('', '', 'goal 订单.乙 within 5d', 'on 订单.乙 -> stop'),
  )
  .map(([triggers, steps, stop, end]) => ({ triggers, steps, stop, end }))

const aRow = fc
  .tuple(
    fc.constantFrom('promo', 'promo', 'service', 'urgent', '-'),
    fc.constantFrom('wecom', 'sms', '-', '-'),
    fc.constantFrom('< 银卡', '>= 银卡', '金卡', '-', '-'),
    fc.constantFrom('-', '0', '1', '2'),
    fc.constantFrom('-', '-', '2', '4'),
    fc.constantFrom('-', '22:00..09:00', '08:00..20:00', '20:00..08:00', '09:00..21:00'),
    fc.constantFrom('defer', 'drop', 'drop', 'send'),
  )
  .map(cells => `  | ${cells.slice(0, 3).join(' | ')} || ${cells.slice(3).join(' | ')} |`)

interface SmallPack {
  readonly sops: readonly { triggers: string[]; steps: string[]; stop: string; end: string }[]
  readonly rows: readonly string[]
  readonly skips: readonly string[]
}

const aPack: fc.Arbitrary<SmallPack> = fc.record({
  sops: fc.array(aSop, { minLength: 1, maxLength: 3 }),
  rows: fc.array(aRow, { minLength: 1, maxLength: 4 }),
  skips: fc.array(aCondition, { maxLength: 2 }),
})

function packText({ sops, rows, skips }: SmallPack): string {
  const written = sops.map(({ triggers, steps, stop, end }, at) => {
    const lines = [...triggers, ...steps.map((step, index) => step.replace('#', `步${index}`)), stop, end]
    return `sop 旅${at} {\n${lines.filter(line => line !== '').join('\n')}\n}`
  })
  return `${head}${written.join('\n')}
limit 触达 on send {
  | purpose | channel | customer.等级 || per day | per week | quiet | beyond |
  |---------|---------|---------------||---------|----------|-------|--------|
${rows.join('\n')}
${skips.map(when => `  skip promo when ${when}`).join('\n')}
}`
}

/** Ten days on a grid of three hours. */
const aHappening = fc
  .tuple(
    fc.nat(79),
    fc.oneof(
      fc.constantFrom({ event: '订单.甲' }, { event: '订单.甲' }, { event: '订单.乙' }),
      fc.constantFrom(...levels).map(value => ({ field: '等级', value })),
      fc.constantFrom(null, ...levels).map(value => ({ field: '档', value })),
      fc.boolean().map(value => ({ field: '退订', value })),
      fc.boolean().map(isOpen => ({ ticket: '客诉', isOpen })),
      fc.nat(10).map(days => ({ record: { entity: '预约', date: addDays(localDate(FROM, zone), days) } })),
    ),
  )
  .map(([slot, what]) => ({ at: FROM + slot * 3 * HOUR, ...what }) as Happening)
const aWorld: fc.Arbitrary<SmallWorld> = fc.record({
  from: fc.constant(FROM),
  to: fc.constant(FROM + 14 * DAY),
  happenings: fc.array(aHappening, { minLength: 3, maxLength: 40 }),
  isReserved: fc.boolean(),
  isTimerFirst: fc.boolean(),
  isAnswered: fc.boolean(),
})

/** The most messages of a kind in any calendar window. */
function most(instants: readonly number[], per: Window): number {
  const counts = instants.map(at => {
    const { from, to } = windowAround(at, per, zone)
    return instants.filter(other => from <= other && other < to).length
  })
  return Math.max(0, ...counts)
}

function instantsOf(messages: readonly WorldMessage[], { purpose, channel }: SendBound) {
  const own = messages.filter(each => each.purpose === purpose && each.channel === channel)
  return {
    asked: own.map(each => each.askedAt),
    passed: own.flatMap(each => each.passedAt ?? []),
  }
}

/** Findings that say that something never happens, and those that a random pack may earn besides. */
const nevers = ['AX6023', 'AX6024', 'AX6025', 'AX6026', 'AX6027']
const runs = process.env.CI ? 1_500 : 100

describe('the proofs about sends', () => {
  test('no small world has more messages than the bounds say, lets a never-sent step through, or enters a closed door', () => {
    const seen = { never: 0, closed: 0, tight: 0, bounds: 0 }
    fc.assert(
      fc.property(aPack, fc.array(aWorld, { minLength: 3, maxLength: 8 }), (pack, worlds) => {
        const text = packText(pack)
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        const wrong = diagnostics.filter(({ code }) => !/^AX(60[23]\d|6006|4104|5030|9001)$/.test(code))
        expect(
          wrong.map(({ code }) => code),
          text,
        ).toEqual([])
        const bounds = sendBounds(blueprint)
        const never = new Set(
          diagnostics
            .filter(({ code }) => nevers.includes(code))
            .map(({ params }) => `${params.name!} ${params.step!} ${params.channel!}`),
        )
        const closed = diagnostics.filter(({ code }) => code === 'AX6028')
        seen.never += never.size
        seen.closed += closed.length
        const reached = new Map<SendBound, number>()
        for (const world of worlds) {
          const { messages, entered } = live(blueprint, world)
          for (const { sop, step, channel, passedAt } of messages)
            if (passedAt !== null) expect(never, text).not.toContain(`${sop} ${step} ${channel}`)
          for (const { params } of closed) {
            const name = params.name!
            const index = blueprint.sops[name]!.triggers.findIndex(each => each.subject === params.trigger)
            const isTwice =
              blueprint.sops[name]!.triggers.filter(each => each.subject === params.trigger).length > 1
            if (!isTwice) expect(entered.get(`${name} ${index}`), text).toBe(undefined)
          }
          for (const bound of bounds) {
            const { asked, passed } = instantsOf(messages, bound)
            if (bound.asked !== null) expect(most(asked, bound.per), text).toBeLessThanOrEqual(bound.asked)
            if (bound.passed !== null) expect(most(passed, bound.per), text).toBeLessThanOrEqual(bound.passed)
            reached.set(bound, Math.max(reached.get(bound) ?? 0, most(passed, bound.per)))
          }
        }
        seen.bounds += bounds.length
        seen.tight += [...reached].filter(([{ passed }, count]) => passed === count).length
      }),
      { numRuns: runs },
    )
    expect(seen.never).toBeGreaterThan(20)
    expect(seen.closed).toBeGreaterThan(5)
    expect(seen.tight).toBeGreaterThan(seen.bounds / 25)
  }, 120_000)

  test('finds that no hour is left exactly where the gate lets nothing through at any', () => {
    const seen = { left: 0, none: 0 }
    fc.assert(
      fc.property(fc.array(aRow, { minLength: 1, maxLength: 5 }), rows => {
        const text = packText({ sops: [], rows, skips: [] })
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        const { table, inputs, rows: checked } = blueprint.limits['触达']!
        const quietOnly = checked.map(row => ({ ...row, perDay: null, perWeek: null, perMonth: null }))
        const limit = { ...blueprint.limits['触达']!, table, inputs, rows: quietOnly }
        const gate = { ...blueprint, limits: { 触达: limit } }
        const isNone = purposes.some(purpose =>
          ['wecom', 'sms'].some(channel => levels.some(level => !hasHour(gate, { purpose, channel }, level))),
        )
        expect(
          diagnostics.some(({ code }) => code === 'AX6022'),
          text,
        ).toBe(isNone)
        seen[isNone ? 'none' : 'left']++
      }),
      { numRuns: 150 },
    )
    expect(seen.none).toBeGreaterThan(0)
    expect(seen.left).toBeGreaterThan(0)
  }, 120_000)

  test('a bound that is called exact is reached by some course of events, in a day and in a week', () => {
    let reached = 0
    fc.assert(
      fc.property(aPlainPack, sops => {
        const written = sops.map(({ event, once, steps }, at) => {
          const lines = [
            `on 订单.事${event} ${once}`,
            ...steps.map((step, index) => step.replace('#', `步${index}`)),
          ]
          return `sop 旅${at} {\n${lines.join('\n')}\n}`
        })
        const text = `${plainHead}${written.join('\n')}`
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        expect(
          diagnostics.filter(({ code }) => !/^AX(6020|6006|5030|9001)$/.test(code)),
          text,
        ).toEqual([])
        const lives = sops.map(({ event }, at) => livesOf(blueprint, `旅${at}`, `订单.事${event}`))
        for (const bound of sendBounds(blueprint)) {
          if (!bound.isExact || bound.per === 'month' || bound.asked === null) continue
          reached++
          const happenings = sops.flatMap(({ event }, at) =>
            eachHalfDay(`订单.事${event}`, busiest(lives[at]!, bound)),
          )
          const { messages } = live(blueprint, {
            ...span,
            happenings,
            isReserved: false,
            isTimerFirst: true,
            isAnswered: false,
          })
          expect(countIn(messages, bound), `${bound.per} ${text}`).toBe(bound.asked)
        }
      }),
      { numRuns: process.env.CI ? 100 : 6 },
    )
    expect(reached).toBeGreaterThan(8)
  }, 120_000)

  test('SOPs that are called endless go on and on with a customer who answers; all others come to an end', () => {
    const seen = { endless: 0, ending: 0 }
    fc.assert(
      fc.property(fc.array(anAnsweringSop, { minLength: 1, maxLength: 4 }), sops => {
        const text = `${plainHead.replace('|| 1  ', '|| -  ')}${sops
          .map((lines, at) => `sop 旅${at} {\n${lines.join('\n')}\n}`)
          .join('\n')}`
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        const endless = diagnostics.filter(({ code }) => code === 'AX6030').map(({ params }) => params.name!)
        const happenings = [{ at: span.from, event: '订单.事0' }]
        const { entered, messages } = live(blueprint, {
          ...{ from: span.from, to: span.from + 10 * DAY, happenings },
          ...{ isReserved: false, isTimerFirst: true, isAnswered: true },
        })
        const countOf = (name: string) =>
          [...entered].reduce((sum, [way, count]) => sum + (way.startsWith(`${name} `) ? count : 0), 0)
        const isTalking = messages.length > 200
        if (endless.length === 0) expect(isTalking, text).toBe(false)
        // What nothing begins goes round in no world; what went round once and was overtaken by a faster one counts too.
        const begun = endless.filter(name => countOf(name) > 0)
        if (begun.length > 0) expect(isTalking, text).toBe(true)
        seen[endless.length > 0 ? 'endless' : 'ending']++
      }),
      { numRuns: 60 },
    )
    expect(seen.endless).toBeGreaterThan(5)
    expect(seen.ending).toBeGreaterThan(5)
  }, 120_000)
})

/** Whether the gate lets a first message through at some half hour of a day. */
function hasHour(blueprint: Blueprint, kind: { purpose: Purpose; channel: string }, level: string): boolean {
  const facts = { customer: { entity: 'customer', key: 'c', fields: { 等级: level } } }
  return Array.from({ length: 48 }, (_, slot) => FROM + (slot * HOUR) / 2).some(at => {
    const message = { ...kind, text: '' }
    return judge({ blueprint, facts, message, history: [], at, zone }).verdict === 'allow'
  })
}

const anAnsweringSop = fc.tuple(
  fc.constantFrom(
    'on 订单.事0',
    'on customer.回复',
    'on customer.回复',
    'on customer.回复 once per 2d',
    'on 订单.事1',
  ),
  fc.constantFrom('wait 1h', '// 不等'),
  fc.constantFrom(
    'step 一 send wecom "好"',
    'step 一 send wecom service "好"',
    'step 一 task 客服 "跟进" due 4h',
  ),
)

const plainHead = `pack t "t" version 1
use channel wecom, sms
entity 订单 { 号: text key, 客户: customer; event 事0, 事1, 事2 }
role 客服
limit 触达 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | else    || 1       | defer  |
}
`
const aPlainStep = fc.constantFrom(
  ...['wait 12h', 'wait 24h', 'wait 1d', 'wait 2d', 'wait 7d'],
  ...['step # send wecom "好"', 'step # send wecom "好"', 'step # send wecom, sms "好"'],
)
const aPlainPack = fc
  .array(
    fc.record({
      once: fc.constantFrom('once per 12h', 'once per 1d', 'once per 2d', 'once per 3d', 'once per 9d'),
      steps: fc.array(aPlainStep, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map(sops => sops.map((sop, event) => ({ ...sop, event })))

/** The window that is looked at: a Monday and its week. */
const MONDAY = Date.parse('2026-03-16T00:00+08:00')
const span = { from: MONDAY - 21 * DAY, to: MONDAY + 7 * DAY - 1 }

function eachHalfDay(event: string, from: number): Happening[] {
  const count = Math.ceil((span.to - from) / (12 * HOUR))
  return Array.from({ length: count }, (_, index) => ({ at: from + index * 12 * HOUR, event }))
}

function countIn(messages: readonly WorldMessage[], bound: SendBound): number {
  const { from, to } = windowAround(MONDAY, bound.per, zone)
  return instantsOf(messages, bound).asked.filter(at => from <= at && at < to).length
}

const starts = Array.from({ length: 42 }, (_, slot) => MONDAY - slot * 12 * HOUR)

/** What an SOP alone asks for when its event comes again and again from each of the starts on. */
function livesOf(blueprint: Blueprint, sop: string, event: string): WorldMessage[][] {
  const alone = { ...blueprint, sops: { [sop]: blueprint.sops[sop]! } }
  return starts.map(from => {
    const happenings = eachHalfDay(event, from)
    return live(alone, { ...span, happenings, isReserved: false, isTimerFirst: true, isAnswered: false })
      .messages
  })
}

/** The start from which most comes into the window that is looked at. */
function busiest(lives: readonly WorldMessage[][], bound: SendBound): number {
  const counts = lives.map(messages => countIn(messages, bound))
  return starts[counts.indexOf(Math.max(...counts))]!
}

test('an action that may write to customers counts like all a ticket tells them', () => {
  const pack = (needs: string) => `pack t "t" version 1
role 客服
form 单 { 说明: text }
action 记 { in 词: text; out 结果: enum { 成功 }${needs} }
ticket 事 for 单 {
  start -> 记
  node 记 run 记(说明) { on 成功, fault -> 结束.完 }
  end 结束 { 完 ok }
}
`
  const kinds = (needs: string) => kindsOf(checkPack({ 'a.axle': pack(needs) }).blueprint)
  expect(kinds('')).toEqual([])
  expect(kinds('; needs send')).toEqual([{ purpose: 'service', channel: 'wecom' }])
})
