import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { judge, windowAround, type Sent } from '#core/limit'

const zone = 'Asia/Shanghai'
const HOUR = 3_600_000
const CONFIRM_MS = 24 * HOUR
const CAPS = { day: 2, week: 5, month: 9 } as const
const pack = `pack t "t" version 1
use channel wecom, sms
limit 触达 on send {
  | purpose | channel || per day | per week | per month | quiet        | beyond |
  |---------|---------||---------|----------|-----------|--------------|--------|
  | promo   | -       || 2       | 5        | 9         | 22:00..09:00 | defer  |
  | promo   | sms     || 1       | -        | -         | -            | drop   |
  | service | -       || -       | -        | -         | 01:00..06:00 | defer  |
  | urgent  | -       || 1       | -        | -         | 00:00..23:59 | send   |
}`
const { blueprint, diagnostics } = checkPack({ 't.axle': pack })
const from = Date.parse('2026-02-20T08:00+08:00')

type Message = Sent & { readonly state: 'counted' | 'reserved' | 'released' }
const act = fc.record({
  afterMs: fc.integer({ min: 0, max: 20 * HOUR }),
  what: fc.constantFrom('reply', 'task', 'task', 'confirm', 'cancel'),
  channel: fc.constantFrom('wecom', 'sms'),
  pick: fc.nat(),
})

describe('the send gate', () => {
  test('is read without a fault', () => expect(diagnostics).toEqual([]))

  test('no order of replies, tasks, confirmations and cancellations exceeds a cap', () => {
    let deferred = 0
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), acts => {
        let at = from
        let messages: Message[] = []
        for (const { afterMs, what, channel, pick } of acts) {
          at += afterMs
          messages = messages.map(m =>
            m.state === 'reserved' && m.to <= at ? { ...m, state: 'released' } : m,
          )
          const open = messages.filter(m => m.state === 'reserved')
          const chosen = open[pick % Math.max(open.length, 1)]
          if (what === 'confirm')
            messages = messages.map(m => (m === chosen ? { ...m, state: 'counted', from: at, to: at } : m))
          else if (what === 'cancel')
            messages = messages.map(m => (m === chosen ? { ...m, state: 'released' } : m))
          else {
            const history = messages.filter(m => m.state !== 'released')
            const message = { purpose: 'promo', channel, text: '好' } as const
            const { verdict, until } = judge({ blueprint, facts: {}, message, history, at, zone })
            if (verdict === 'defer') {
              deferred++
              expect(until!).toBeGreaterThan(at)
            }
            if (verdict === 'allow') {
              const state = what === 'reply' ? ('counted' as const) : ('reserved' as const)
              const to = what === 'reply' ? at : at + CONFIRM_MS
              messages.push({ purpose: 'promo', channel, from: at, to, state })
            }
          }
          holdsCaps(messages)
        }
      }),
      { numRuns: process.env.CI ? 2_000 : 200 },
    )
    expect(deferred).toBeGreaterThan(0)
  })

  test('what it defers may go at the instant it names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10 * 24 * HOUR })),
        fc.nat(10 * 24 * HOUR),
        (past, ago) => {
          const at = from + ago
          const history = past.map(ms => ({
            purpose: 'promo' as const,
            channel: 'wecom',
            from: from + ms,
            to: from + ms,
          }))
          const known = history.filter(sent => sent.from <= at)
          const message = { purpose: 'promo', channel: 'wecom', text: '' } as const
          const ask = (instant: number) =>
            judge({ blueprint, facts: {}, message, history: known, at: instant, zone })
          const { verdict, until } = ask(at)
          if (verdict === 'defer') expect(ask(until!).verdict).toBe('allow')
        },
      ),
      { numRuns: 300 },
    )
  })

  test('lists every reason: quiet hours, a row that drops, and a row that sends all the same', () => {
    const at = Date.parse('2026-03-02T23:30+08:00')
    const ask = (purpose: 'promo' | 'service' | 'urgent', channel: string, history: readonly Sent[] = []) =>
      judge({ blueprint, facts: {}, message: { purpose, channel, text: '' }, history, at, zone })
    const earlier = { purpose: 'promo', channel: 'sms', from: at - HOUR, to: at - HOUR } as const
    expect(ask('promo', 'sms', [earlier])).toMatchObject({
      verdict: 'drop',
      reasons: [
        { reason: 'quiet', row: 0 },
        { reason: 'cap', row: 1, per: 'day', cap: 1, used: 1 },
      ],
    })
    expect(ask('promo', 'wecom', [earlier])).toMatchObject({
      verdict: 'defer',
      until: Date.parse('2026-03-03T09:00+08:00'),
    })
    expect(ask('service', 'wecom').verdict).toBe('allow')
    expect(ask('urgent', 'wecom')).toMatchObject({ verdict: 'allow', reasons: [{ reason: 'quiet', row: 3 }] })
  })
})

/** Counted and still reserved messages together never exceed a cap of any window, however reservations end. */
function holdsCaps(messages: readonly Message[]): void {
  const live = messages.filter(m => m.state !== 'released')
  for (const [per, cap] of Object.entries(CAPS) as ['day' | 'week' | 'month', number][])
    for (const instant of live.flatMap(m => [m.from, m.to])) {
      const window = windowAround(instant, per, zone)
      const inside = live.filter(m => m.from < window.to && window.from <= m.to)
      if (inside.length > cap)
        expect(inside, `${per} of ${new Date(instant).toISOString()}`).toHaveLength(cap)
    }
}
