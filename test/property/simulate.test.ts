import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replay, type TicketEvent, type TicketState } from '#core/desk'
import { compareReports, playOut, simulate, type Report } from '#core/simulate'
import { localDate } from '#core/values'
import type { Traffic } from '#core/wire'
import { blueprintOf } from '../support/packs.ts'

const packs = {
  manufacturing: 'plugins/manufacturing',
  retail: 'plugins/retail',
  education: 'plugins/education',
}
const blueprints = Object.values(packs).map(folder => blueprintOf(folder))

const month = fc.record({
  blueprint: fc.constantFrom(...blueprints),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  days: fc.integer({ min: 1, max: 9 }),
  perDay: fc.integer({ min: 0, max: 30 }),
  people: fc.integer({ min: 0, max: 4 }),
})

/** Traffic of every kind of ticket and so many people of every role. */
function trafficFor(
  { tickets, roles }: (typeof blueprints)[number],
  { perDay, people }: { perDay: number; people: number },
): Traffic {
  const kinds = Object.keys(tickets).filter(kind => tickets[kind]!.entries.length > 0)
  return {
    streams: Object.fromEntries(kinds.map(ticket => [ticket, { ticket, perDay }])),
    staff: Object.keys(roles).map(role => ({ role, count: people })),
    customers: { count: 40 },
  }
}

describe('a simulation', () => {
  test('is the same to the byte for the same seed, whether or not anybody looks on', () => {
    fc.assert(
      fc.property(month, ({ blueprint, seed, days, ...rest }) => {
        const asked = { blueprint, seed, days, traffic: trafficFor(blueprint, rest) }
        const first = JSON.stringify(simulate(asked))
        expect(JSON.stringify(simulate(asked))).toBe(first)
        expect(JSON.stringify(simulate({ ...asked, watch: () => undefined }))).toBe(first)
      }),
      { numRuns: process.env.CI ? 12 : 5 },
    )
  })

  test('loses no ticket: what was opened has ended or is open, what was entered was left or stands', () => {
    fc.assert(
      fc.property(month, ({ blueprint, seed, days, ...rest }) => {
        const opened = new Map<string, string>()
        const closed = new Set<string>()
        const { game } = playOut({
          ...{ blueprint, seed, days, traffic: trafficFor(blueprint, rest) },
          watch: ({ state }) => {
            opened.set(state.id, state.kind)
            if (state.closedAt !== null) closed.add(state.id)
          },
        })
        const report: Report = simulate({ blueprint, seed, days, traffic: trafficFor(blueprint, rest) })
        for (const { ticket, ...count } of report.tickets) {
          const all = [...opened].filter(([, kind]) => kind === ticket).map(([id]) => id)
          const ended = all.filter(id => closed.has(id)).length
          expect(count).toMatchObject({ opened: all.length, ended, open: all.length - ended })
          expect(Object.values(count.ends).reduce((sum, each) => sum + each, 0)).toBe(ended)
        }
        const standing = [...game.world.tickets.values()].flatMap(({ tokens }) => Object.keys(tokens)).length
        expect(report.nodes.reduce((sum, each) => sum + each.standing, 0)).toBe(standing)
      }),
      { numRuns: process.env.CI ? 12 : 5 },
    )
  })

  test('leaves tickets as a replay of their events leaves them', () => {
    fc.assert(
      fc.property(month, ({ blueprint, seed, days, ...rest }) => {
        const events = new Map<string, TicketEvent[]>()
        const states = new Map<string, TicketState>()
        playOut({
          ...{ blueprint, seed, days, traffic: trafficFor(blueprint, rest) },
          watch: ({ state, events: more }) => {
            events.set(state.id, [...(events.get(state.id) ?? []), ...more])
            states.set(state.id, state)
          },
        })
        for (const [id, state] of states) expect(replay(events.get(id)!)).toEqual(state)
      }),
      { numRuns: process.env.CI ? 8 : 4 },
    )
  })

  test('sends no customer more than the caps of a desk in any day or month', () => {
    const blueprint = blueprintOf('plugins/retail')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 8 }), (seed, count) => {
        const events = { entity: 'customer', event: '添加', perDay: 40 }
        const orders = { entity: '订单', event: '下单', perDay: 2 }
        const traffic = { customers: { count }, events: { events, orders }, streams: {} }
        const { game } = playOut({ blueprint, seed, days: 45, traffic })
        const cap = Number(blueprint.settings['单日群发上限']!.default)
        let sent = 0
        for (const messages of game.world.reach.messages.values()) {
          const promos = messages.filter(each => each.purpose === 'promo' && each.verdicts.at(-1) === 'sent')
          sent += promos.length
          const days = Map.groupBy(promos, ({ at }) => localDate(at, 'Asia/Shanghai'))
          const months = Map.groupBy(promos, ({ at }) => localDate(at, 'Asia/Shanghai').slice(0, 7))
          for (const day of days.values()) expect(day.length).toBeLessThanOrEqual(cap)
          for (const each of months.values()) expect(each.length).toBeLessThanOrEqual(4)
        }
        expect(sent).toBeGreaterThan(0)
      }),
      { numRuns: process.env.CI ? 6 : 3 },
    )
  })

  test('meets the same tickets when a stream brings more, besides the new ones', () => {
    const blueprint = blueprintOf('plugins/manufacturing')
    const idsOf = (perDay: number) => {
      const ids = new Map<string, number>()
      playOut({
        ...{ blueprint, seed: 5, days: 5, traffic: { streams: { 报修: { ticket: '报修', perDay } } } },
        watch: ({ state }) => ids.set(state.id, state.openedAt),
      })
      return ids
    }
    const [few, many] = [idsOf(20), idsOf(26)]
    expect(many.size).toBeGreaterThan(few.size)
    for (const [id, at] of few) expect(many.get(id)).toBe(at)
  })

  test('differs in nothing from itself', () => {
    const blueprint = blueprints[0]!
    const report = simulate({ blueprint, seed: 3, days: 5, traffic: {} })
    expect(compareReports(report, report)).toEqual([])
    expect(report.tickets[0]!.opened).toBeGreaterThan(100)
  })
})
