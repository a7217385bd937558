import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { customerFacts, judge, judgeSend, sendOtherwise, type SendCase, type Sent } from '#core/limit'
import { NOW, type World } from '#core/otherwise'
import { CLOCK_ENDED, CLOCK_STARTED, clockOtherwise, spanInstant, type ClockRun } from '#core/sla'
import type { Value } from '#core/values'
import { checkPack } from '#dsl'
import { Tally } from '../support/tally.ts'

const runs = process.env.CI ? 1_000 : 60
const timeout = process.env.CI ? 120_000 : 30_000
/** The oracle tries every minute between, so that it is asked where these are not too many. */
const MAX_TRIED = 400
const zone = 'Asia/Shanghai'
const MINUTE = 60_000
const DAY = 1440
const from = Date.parse('2026-03-02T00:00+08:00')
const tally = new Tally()
afterAll(() => tally.print())

const pack = `pack t "t" version 1
use channel wecom, sms
hours 营业 { mon..fri 09:00..12:00, 13:30..18:00; sat..sun 10:00..17:00 }
enum 级 ordered { 普通, 银卡, 金卡 }
extend customer { 级: 级 default 普通 }
entity 订单 "订单" { 号: text key, 会员: customer
  event 下单 }
form 客诉单 { 描述: text }
role 客服
ticket 客诉 "客诉" for 客诉单 { entry workbench
  start -> 受理
  node 受理 by 客服 { clock 响应 1h of 营业 { at 100% escalate 客服 }
    on 好 -> 结束.完 }
  end 结束 { 完 ok } }
lexicon 禁 { "最低价", "第一" }
limit 触达 on send {
  | purpose | channel | customer.级 || per day | per week | quiet        | beyond |
  |---------|---------|-------------||---------|----------|--------------|--------|
  | promo   | -       | >= 银卡     || 2       | 5        | 22:00..09:00 | defer  |
  | promo   | -       | 普通        || 1       | 3        | 21:00..10:00 | defer  |
  | promo   | sms     | -           || 1       | -        | -            | drop   |
  | service | -       | -           || -       | -        | 01:00..06:00 | defer  |
  | urgent  | -       | -           || -       | -        | -            | send   |
  skip promo when 订单.下单 within 2d or open(客诉)
  words 禁 block
}`
const { blueprint, diagnostics } = checkPack({ 't.axle': pack })

describe('what would have decided otherwise in time', () => {
  test('is asked of a pack without a fault', () => expect(diagnostics).toEqual([]))

  const run = fc.record({
    minutes: fc.integer({ min: 1, max: 900 }),
    hours: fc.constantFrom('营业', null),
    start: fc.integer({ min: 0, max: 7 * DAY }),
    took: fc.integer({ min: 0, max: 3 * DAY }),
    second: fc.integer({ min: 0, max: 59 }),
  })

  /** Started a second after a minute, due on the last second of the day's hours: the minute itself makes the difference. */
  const betweenMinutes = { minutes: 519, hours: '营业', start: 8121, took: 1539, second: 1 } as const

  test('a clock that was missed would have been met, or the other way round, by the fewest minutes', () => {
    fc.assert(
      fc.property(run, ({ minutes, hours, start, took, second }) => {
        const world: World = { blueprint, form: null, zone, fresh: () => ({}) }
        const startedAt = from + start * MINUTE + second * 1000
        const span = {
          hours,
          duration: { op: 'const', type: { kind: 'duration' }, value: `${minutes}m` },
        } as const
        const clock: ClockRun = {
          ...{ span, frame: { zone, holidays: [] } },
          ...{ startedAt, endedAt: startedAt + took * MINUTE },
        }
        const late = ({ startedAt, endedAt }: ClockRun) => {
          const moment = { from: startedAt, thousandths: 1000 }
          const due = spanInstant(blueprint, { span, facts: {}, frame: clock.frame }, moment)
          return 'at' in due && due.at <= endedAt
        }
        for (const { changes } of clockOtherwise(world, clock)) {
          const [only] = changes
          const changed = (to: number) =>
            only!.name.path[0] === CLOCK_ENDED ? { ...clock, endedAt: to } : { ...clock, startedAt: to }
          const to = only!.to as number
          expect(only!.name.path[0]).toSatisfy(name => name === CLOCK_ENDED || name === CLOCK_STARTED)
          expect(late(changed(to))).toBe(!late(clock))
          const tried = minutesBetween(to, only!.from as number)
          const isMinimal = tried.every(at => late(changed(at)) === late(clock))
          expect(isMinimal).toBe(true)
          tally.count('clocks', isMinimal)
        }
      }),
      { numRuns: 2 * runs, examples: [[betweenMinutes]] },
    )
  })

  const minute = fc.integer({ min: 0, max: 20 * DAY })
  const send = fc.record({
    at: minute,
    purpose: fc.constantFrom('promo' as const, 'promo' as const, 'service' as const),
    channel: fc.constantFrom('wecom', 'sms'),
    text: fc.constantFrom('您好', '全网第一的最低价'),
    grade: fc.constantFrom('普通', '银卡', '金卡'),
    open: fc.boolean(),
    ordered: fc.option(minute),
    past: fc.array(fc.tuple(minute, fc.constantFrom('wecom', 'sms')), { maxLength: 8 }),
  })

  test(
    'a message that is held back would be sent, or the other way round',
    () => {
      fc.assert(
        fc.property(send, given => {
          const asked = caseOf(given)
          const { verdict } = judgeSend(asked)
          expect(judgeSend(asked)).toEqual(judge({ ...asked, blueprint, facts: asked.world.fresh(), zone }))
          for (const { changes, verdict: then } of sendOtherwise(asked)) {
            expect((then === 'allow') === (verdict === 'allow')).toBe(false)
            expect(judgeSend(asked, changes).verdict).toBe(then)
            tally.count('sends', isNearest(asked, changes))
          }
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )
})

interface Given {
  readonly at: number
  readonly purpose: 'promo' | 'service'
  readonly channel: string
  readonly text: string
  readonly grade: string
  readonly open: boolean
  readonly ordered: number | null
  readonly past: readonly (readonly [number, string])[]
}

function caseOf({ at: minutes, purpose, channel, text, grade, open, ordered, past }: Given): SendCase {
  const at = from + minutes * MINUTE
  const instant = (minute: number) => from + minute * MINUTE
  const sent = past.filter(([minute]) => minute <= minutes)
  const history = sent.map(([minute, way]): Sent => ({
    ...{ purpose: 'promo', channel: way, from: instant(minute), to: instant(minute) },
  }))
  const last: Record<string, number> =
    ordered !== null && ordered <= minutes ? { '订单.下单': instant(ordered) } : {}
  const known = { open: new Set(open ? ['客诉'] : []), last }
  const around = { records: { customer: { c: { 级: grade } } }, settings: {} }
  const about = { customer: 'c', subject: null, history: known, at, zone }
  const world: World = { blueprint, form: null, zone, fresh: () => customerFacts(blueprint, around, about) }
  return { world, message: { purpose, channel, text }, history, at }
}

/** The whole minutes between two instants, the first of them left out; none when they are too many to try. */
function minutesBetween(to: number, from: number): number[] {
  const count = Math.floor(Math.abs(to - from) / MINUTE)
  const step = to > from ? -MINUTE : MINUTE
  return count > MAX_TRIED ? [] : Array.from({ length: count }, (_, n) => to + (n + 1) * step)
}

type Changes = ReturnType<typeof sendOtherwise>[number]['changes']

/** Whether no nearer value of a single change turns the verdict: every minute of time ahead, every number of messages. */
function isNearest(asked: SendCase, changes: Changes): boolean {
  const [only, second] = changes
  if (second) return true
  const { name, from, to } = only!
  const isSent = judgeSend(asked).verdict === 'allow'
  const flips = (value: Value) => (judgeSend(asked, [{ name, to: value }]).verdict === 'allow') !== isSent
  const [low, high] = [Math.min(from as number, to as number), Math.max(from as number, to as number)]
  if (name.path[0] === NOW)
    return !minutesBetween(to as number, from as number)
      .filter(at => at !== from)
      .some(flips)
  if (name.path[0] !== '(sent)') return true
  return !Array.from({ length: high - low - 1 }, (_, n) => low + n + 1).some(flips)
}
