import { describe, expect, test } from 'vitest'
import type { Blueprint } from '#core/blueprint'
import type { TicketEvent } from '#core/desk'
import {
  accept,
  advise,
  compareReports,
  playOut,
  replayHistory,
  simulate,
  strangeParts,
} from '#core/simulate'
import { regionWithin } from '#core/values'
import type { History, Traffic } from '#core/wire'
import { checkPack } from '#dsl'
import '../../runtime/generation.ts'
import { blueprintOf, trafficOf } from '../support/packs.ts'

const folder = 'plugins/manufacturing'
const manufacturing = blueprintOf(folder)
const traffic = trafficOf(folder)

describe('parts', () => {
  const run = { days: 8, seed: 2 }
  const stock = [
    { entity: '备件', item: 'P-01', region: '华东', onHand: 80, deliveries: { everyDays: 2, count: 50 } },
    { entity: '备件', item: 'P-02', region: '华东', onHand: 5000 },
  ]
  const setting = { blueprint: manufacturing, traffic: { ...traffic, stock, inTime: 0 } }

  test('are used by what tickets write, and what lies there at last is what came less what was used', () => {
    const written: { readonly subject: string; readonly rows: readonly { 件: string; 数量: number }[] }[] = []
    const { game } = playOut({
      ...{ ...setting, ...run },
      watch: ({ state, events }) => {
        for (const { happened } of events)
          if (happened.kind === 'fields-filled' && happened.fields.用料)
            written.push({ subject: state.subject!, rows: happened.fields.用料 as never })
      },
    })
    const used = new Map<string, number>()
    for (const { subject, rows } of written)
      if (regionWithin(String(game.world.records.设备![subject]!.region), '华东'))
        for (const row of rows) used.set(row.件, (used.get(row.件) ?? 0) + row.数量)
    for (const shelf of game.shelves.all) {
      expect(shelf.used).toBe(used.get(shelf.shelf.item))
      expect(shelf.onHand).toBe(shelf.shelf.onHand + shelf.delivered - shelf.used)
      expect(shelf.onHand).toBeGreaterThanOrEqual(0)
    }
  })

  test('that are short are found with their region, and the least more stock that clears it is proposed', () => {
    const report = simulate({ ...setting, ...run })
    expect(report.stock.map(({ short }) => short > 0)).toEqual([true, false])
    const advice = advise(setting, report, run)
    expect(advice.findings[0]).toMatchObject({ finding: 'short', stock: { region: '华东', name: '支架' } })
    const [proposal] = advice.proposals
    const [change] = proposal!.changes
    if (change?.change !== 'stock') throw new Error('no stock was proposed')
    expect(simulate({ ...accept(setting, [proposal!]), ...run }).stock[0]!.short).toBe(0)
    const less = { ...proposal!, changes: [{ ...change, percent: change.percent - 5 }] }
    expect(simulate({ ...accept(setting, [less]), ...run }).stock[0]!.short).toBeGreaterThan(0)
  })
})

/** A desk with one node, worked by one role within a time. */
const small = (within: string) =>
  checkPack({
    'p.axle': `pack p "p" version 1
role 客服
form 单 { 事: text required }
ticket 咨询 for 单 {
  entry chat, workbench
  start -> 答
  node 答 by 客服 {
    clock 响应 ${within} { at 100% escalate admin }
    on 答复 -> 结束.好
  }
  end 结束 { 好 ok }
}
`,
  }).blueprint

const allDay = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }
const steady = (perDay: number, minutes: number, people: number): Traffic => ({
  streams: { 咨询: { ticket: '咨询', perDay, hours: Array.from({ length: 24 }, () => 1) } },
  staff: [{ role: '客服', count: people, shift: allDay, hourly: 30 }],
  work: { '咨询.答': { minutes, spread: 0.2 } },
})

describe('what a simulation shows', () => {
  const run = { days: 10, seed: 1 }

  test('one person who is asked for more than a day’s work is the bottleneck, and enough more people clear it', () => {
    const setting = { blueprint: small('2h'), traffic: steady(200, 10, 1) }
    const report = simulate({ ...setting, ...run })
    // Two hundred of ten minutes are 33 hours a day.
    expect(report.roles).toMatchObject([{ role: '客服', people: 1, done: expect.any(Number) }])
    expect(report.roles[0]!.load).toBeGreaterThan(0.99)
    expect(report.bottleneck).toMatchObject({ role: '客服', node: '咨询.答', share: 1 })
    expect(report.clocks[0]!.share).toBeLessThan(0.2)
    const { proposals, left } = advise(setting, report, run)
    expect(proposals).toMatchObject([{ changes: [{ change: 'staff', role: '客服', more: 1 }] }])
    expect(left).toEqual([])
  })

  test('a time that no number of people can hold is told with one that can be held', () => {
    const setting = { blueprint: small('15m'), traffic: steady(50, 20, 3) }
    const { proposals, left } = advise(setting, simulate({ ...setting, ...run }), run)
    expect(proposals).toMatchObject([{ changes: [{ change: 'span', clock: '响应', from: '15m' }] }])
    const [change] = proposals[0]!.changes
    expect(change).toMatchObject({ to: '30m' })
    expect(left).toEqual([])
  })

  test('work is paid by the hour on shift, and counted by the minute', () => {
    const { roles, money } = simulate({ blueprint: small('2h'), traffic: steady(48, 10, 2), ...run })
    expect(money.pay).toBe('14400.00')
    const [{ workedHours, shiftHours, done }] = roles as [(typeof roles)[number]]
    expect(shiftHours).toBe(480)
    // The median of a little scattered work is near its mean.
    expect(workedHours / done).toBeCloseTo(10 / 60, 1)
  })

  test('under the same traffic a draft differs from what is live where they decide otherwise', () => {
    const asked = { traffic: steady(100, 10, 1), ...run }
    const [live, draft] = [small('2h'), small('20m')].map(blueprint => simulate({ blueprint, ...asked }))
    expect(live!.tickets).toEqual(draft!.tickets)
    expect(compareReports(live!, draft!)).toEqual([
      {
        what: 'in-time',
        name: '咨询.答.响应',
        before: live!.clocks[0]!.share,
        after: draft!.clocks[0]!.share,
      },
    ])
  })

  test('values that a field does not take, days and shifts there are not, are told by their path', () => {
    const wrong: Traffic = {
      startsOn: '2026-02-30',
      streams: {
        a: {
          ...{ ticket: '报修', perDay: 1, fields: { 优先级: { pick: { 高: 1, 天大: 1 } } } },
          about: { region: { always: '亚特兰蒂斯' }, 保修至: { between: ['2026-01-01', '明年'] } },
        },
      },
      staff: [{ role: '客服', count: 1, shift: { days: [1], from: '22:00', to: '06:00' } }],
      work: {
        '报修.维修': {
          fields: { 用料: { rows: { count: { always: 1 }, fields: { 件: { always: 'P-99' } } } } },
        },
      },
    }
    expect(strangeParts(manufacturing, wrong)).toEqual([
      ...['startsOn', 'streams/a/fields/优先级/pick/天大', 'streams/a/about/region/always'],
      ...[
        'streams/a/about/保修至/between',
        'work/报修.维修/fields/用料/rows/fields/件/always',
        'staff/0/shift',
      ],
    ])
    expect(strangeParts(manufacturing, traffic)).toEqual([])
  })

  test('names that a pack does not know are told by their path', () => {
    const wrong: Traffic = {
      streams: {
        a: { ticket: '没有', perDay: 1 },
        b: { ticket: '咨询', perDay: 1, fields: { 无: { always: 1 } } },
      },
      staff: [{ role: '经理', count: 1 }],
      work: { '咨询.答': { ends: { 转走: 1 } } },
      stock: [{ entity: '备件', item: 'x', onHand: 1 }],
    }
    expect(strangeParts(small('2h'), wrong)).toEqual([
      ...[
        'streams/a/ticket',
        'streams/b/fields/无',
        'work/咨询.答/ends/转走',
        'staff/0/role',
        'stock/0/entity',
      ],
    ])
  })
})

/** What a simulated desk leaves behind, as the product would export it. */
function historyOf(blueprint: Blueprint, days: number): History {
  const events = new Map<string, TicketEvent[]>()
  const { game } = playOut({
    ...{ blueprint, traffic, days, seed: 4 },
    watch: ({ state, events: more }) => events.set(state.id, [...(events.get(state.id) ?? []), ...more]),
  })
  const shifts = [...game.workers.values()].flatMap(({ id, shift }) =>
    shift.flatMap(([from, to]) => [
      { at: from, staff: id, onShift: true },
      { at: to, staff: id, onShift: false },
    ]),
  )
  const staff = game.world.people.roster.map(({ id, name, roles, teams, skills }) => ({
    ...{ id, name, roles: [...roles], teams: [...teams], skills: [...skills] },
    onShift: game.workers.get(id)!.shift.some(([from, to]) => from <= game.from && game.from < to),
  }))
  const tickets = [...events].map(([id, own]) => ({ id, events: own }))
  return { tickets, records: game.world.records, staff, shifts } as unknown as History
}

describe('a history', () => {
  const history = historyOf(manufacturing, 4)

  test('played again under its own version shows no difference', () => {
    const replayed = replayHistory(manufacturing, history)
    expect(replayed.tickets).toBeGreaterThan(400)
    expect(replayed.unread).toEqual({})
    expect(replayed.differences).toEqual([])
    expect(replayed.revenue.draft).toBe(replayed.revenue.was)
  })

  test('shows what another price would have come to, and nothing else', () => {
    const dearer = blueprintOf(folder, text => text.replace('| 华东   || 110%', '| 华东   || 120%'))
    const { differences, revenue } = replayHistory(dearer, history)
    expect(new Set(differences.map(({ what }) => what))).toEqual(new Set(['price', 'settled']))
    expect(Number(revenue.draft)).toBeGreaterThan(Number(revenue.was))
  })

  test('shows shorter clocks, and who would have held what with a smaller cap', () => {
    const strict = blueprintOf(folder, text => text.replace('| >= T2  || 4h', '| >= T2  || 1h'))
    const kinds = new Set(replayHistory(strict, history).differences.map(({ what }) => what))
    expect(kinds).toContain('clock')
    expect(kinds).not.toContain('price')
    const lighter = blueprintOf(folder, text => text.replace('cap   5 per staff', 'cap   1 per staff'))
    const given = replayHistory(lighter, history).differences
    expect(given.some(({ what }) => what === 'assigned')).toBe(true)
  })

  test('shows acts that a draft does not allow', () => {
    const without = blueprintOf(folder, text => text.replace('    on 取消             -> 结束.取消\n', ''))
    const { differences } = replayHistory(without, history)
    expect(differences.filter(({ what }) => what === 'refused')).toContainEqual(
      expect.objectContaining({ was: '受理.取消', draft: 'unknown-transition 取消' }),
    )
  })
})
