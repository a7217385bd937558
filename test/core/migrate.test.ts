import { describe, expect, test } from 'vitest'
import {
  decide,
  explainHistory,
  isRefusal,
  mappingFor,
  planMove,
  replay,
  type Command,
  type Decision,
  type TicketState,
} from '#core/desk'
import { holidayTables } from '#core/values'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import type { Blueprint } from '#core/blueprint'

const old = `pack t "t" version 1
role 客服, 主管, 财务
enum 级 { 高, 中, 低 }
entity 行 { 物: text, 级: 级 }
form 单 { 说明: text, 备注: text, 级: 级, 数: int, 各级: set(级), 行: list(行) }
price 价 for 单 {
  line 工 { base ¥10 }
  total 应收: money = sum(lines)
}
ticket 事 for 单 {
  entry chat
  start -> 审核
  clock 滞留 24h { at 50% notify 主管; at 100% notify admin }
  node 审核 by 客服 {
    clock 响应 1h { at 50% notify 主管; at 100% escalate 主管 }
    on 过 -> 等客户
    on 重来 -> 审核 max 2 else -> 完.好
    after 10h -> 完.好
  }
  node 等客户 by customer { after 3d -> 完.好; on 好 -> 会签 }
  parallel 会签 join all {
    branch 甲 { node 甲签 by 主管 { on 签 -> done } }
    branch 乙 { node 乙签 by 财务 { on 签 -> done } }
  } -> 完.好
  end 完 { 好 ok }
}
`
const MINUTE = 60_000
const from = Date.parse('2026-03-02T10:00+08:00')
const person = (id: string, ...roles: string[]) => ({
  ...{ id, name: id, roles, teams: [], skills: [], onShift: true, store: null, load: 0, idleSince: 0 },
})
const facts = {
  ...{ records: {}, settings: {}, zone: 'Asia/Shanghai', holidays: holidayTables, previous: {} },
  staff: [person('小客', '客服'), person('小主', '主管'), person('小财', '财务')],
}
const compiled = (text: string): Blueprint => {
  const { blueprint, diagnostics } = checkPack({ 't.axle': text })
  expect(diagnostics.filter(found => severityOf(found) === 'error')).toEqual([])
  return blueprint
}
const before = compiled(old)

/** The next version: the old text with replacements, and where things go. */
function version(says: string, ...edits: readonly (readonly [string, string])[]): Blueprint {
  let text = old.replace('version 1', 'version 2')
  for (const [was, is] of edits) {
    expect(text).toContain(was)
    text = text.replaceAll(was, is)
  }
  return compiled(`${text}migrate from 1 { ${says} }\n`)
}

function ask(
  blueprint: Blueprint,
  at: number,
  { state, command }: { state?: TicketState; command: Command },
) {
  const isTheirs = command.command === 'transition' && command.node === '等客户'
  const actor = isTheirs ? ({ kind: 'customer', id: 'c' } as const) : ({ kind: 'staff', id: '小客' } as const)
  const asker = { actor, roles: ['客服', '主管', '财务'] }
  const answer = decide({ blueprint, newest: blueprint, state, asker, at, facts }, command)
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
  return answer
}

const opening = {
  command: 'open',
  id: 't',
  ticket: '事',
  entry: 'chat',
  customer: 'c',
  subject: null,
} as const
const opened = (fields = {}) =>
  ask(before, from, { command: { ...opening, fields: { 说明: '坏了', ...fields }, draft: true } })
const go = (state: TicketState, node: string, event: string, at = from) =>
  ask(before, at, { state, command: { command: 'transition', node, event, fields: {} } }).state

function move(state: TicketState, after: Blueprint, at = from + 40 * MINUTE): Decision {
  const mapping = mappingFor(after, before)!
  return ask(after, at, { state, command: { command: 'migrate', before, mapping } })
}
const planned = (state: TicketState, after: Blueprint) =>
  planMove({ before, after, mapping: mappingFor(after, before)! }, state)

describe('the clocks of a ticket that is moved', () => {
  const { state, events } = opened()
  const past = (at: number) =>
    state.timers
      .filter(({ dueAt }) => dueAt <= at)
      .reduce(
        (held, { id, dueAt }) =>
          ask(before, dueAt, { state: held, command: { command: 'due', timer: id } }).state,
        state,
      )
  const timers = ({ state: { timers: held } }: Decision, at: number) =>
    Object.fromEntries(held.map(({ id, dueAt }) => [id, (dueAt - at) / MINUTE]))

  test('run on from their start by their new span; what was reached is not reached again', () => {
    const at = from + 40 * MINUTE
    const slower = move(past(at), version('', ['clock 响应 1h', 'clock 响应 4h']), at)
    expect(slower.state.tokens.审核!.clocks).toEqual([
      { name: '滞留', startedAt: from, dueAt: from + 24 * 60 * MINUTE, breached: false },
      { name: '响应', startedAt: from, dueAt: from + 4 * 60 * MINUTE, breached: false },
    ])
    expect(timers(slower, from)).toEqual({
      ...{ '审核#1/滞留@0': 720, '审核#1/滞留@1': 1440, '审核#1/响应@1': 240, '审核#1/after@2': 600 },
    })
  })

  test('that are over by their new span are so at once, and stay breached once they were', () => {
    const at = from + 40 * MINUTE
    const quicker = move(past(at), version('', ['clock 响应 1h', 'clock 响应 30m']), at)
    expect(timers(quicker, at)['审核#1/响应@1']).toBe(0)
    const late = from + 90 * MINUTE
    const breached = move(past(late), version('', ['clock 响应 1h', 'clock 响应 4h']), late)
    expect(breached.state.tokens.审核!.clocks[1]).toMatchObject({ name: '响应', breached: true })
    expect(timers(breached, late)['审核#1/响应@1']).toBeUndefined()
  })

  test('that are new start now, and those that are gone are no more', () => {
    const at = from + 40 * MINUTE
    const other = move(state, version('', ['clock 响应 1h', 'clock 首响 1h']), at)
    expect(other.state.tokens.审核!.clocks[1]).toEqual({
      ...{ name: '首响', startedAt: at, dueAt: at + 60 * MINUTE, breached: false },
    })
    expect(other.state.timers.filter(({ clock }) => clock === '响应')).toEqual([])
  })

  test('fold from the events to the stored state', () => {
    const moved = move(state, version('', ['clock 响应 1h', 'clock 首响 1h']))
    expect(replay([...events, ...moved.events])).toEqual(moved.state)
    expect(moved.events.map(({ happened }) => happened.kind)).toEqual(['migrated', 'priced'])
  })
})

describe('a ticket that is moved', () => {
  test('stands at the renamed node with its holder, how often it was there, and what it may still repeat', () => {
    const twice = go(go(opened().state, '审核', '重来'), '审核', '重来')
    const after = version(
      'node 事.审核 -> 事.复核',
      ['审核', '复核'],
      ['    on 过 -> 等客户\n', '    on 退 -> 复核 max 1 else -> 完.好\n    on 过 -> 等客户\n'],
    )
    const { state } = move(twice, after)
    expect(state.tokens).toMatchObject({ 复核: { assignee: '小客', visit: 3 } })
    expect([state.visits, state.counts]).toEqual([{ 复核: 3 }, { '复核/2': 2 }])
  })

  test('goes to somebody else where its holder has not the role, and tells nobody outside', () => {
    const { state, effects } = move(opened().state, version('', ['node 审核 by 客服', 'node 审核 by 主管']))
    expect(state.tokens.审核!.assignee).toBe('小主')
    expect(effects).toMatchObject([{ effect: 'notify-staff', staff: ['小主'] }])
  })

  test('that waits for its customer stays waiting, without a word to them', () => {
    const asked = go(opened().state, '审核', '过')
    const { state, effects } = move(
      asked,
      version('', ['by customer {', 'by customer { public "等您" notify\n']),
    )
    expect(state.tokens).toEqual(asked.tokens)
    expect(effects).toEqual([])
  })

  test('holds what it held, under new names of fields and values, in lists and rows too, and the defaults of new fields', () => {
    const fields = { 备注: '急', 级: '中', 数: 3, 各级: ['高', '中'], 行: [{ 物: '盒', 级: '中' }] }
    const after = version(
      'field 单.备注 -> 单.补充; value 级.中 -> 级.低',
      ['高, 中, 低', '高, 低'],
      ['备注: text, 级: 级, 数: int', '补充: text, 级: 级, 数: decimal, 渠道: text default "店"'],
    )
    expect(move(opened(fields).state, after).state.fields).toEqual({
      ...{ 说明: '坏了', 补充: '急', 级: '低', 数: '3', 渠道: '店' },
      ...{ 各级: ['高', '低'], 行: [{ 物: '盒', 级: '低' }] },
    })
  })

  const inside = () => go(go(opened().state, '审核', '过'), '等客户', '好')
  const without: [string, string][] = [
    [
      old.slice(old.indexOf('  parallel'), old.indexOf('  end 完')),
      '  node 合签 by 主管 { after 1d -> 完.好 }\n',
    ],
    ['on 好 -> 会签', 'on 好 -> 合签'],
  ]

  test('leaves a region that is gone for the one node all its branches go to', () => {
    const after = version('node 事.甲签 -> 事.合签; node 事.乙签 -> 事.合签', ...without)
    const { state } = move(inside(), after)
    expect([Object.keys(state.tokens), state.regions]).toEqual([['合签'], {}])
    const half = version('node 事.甲签 -> 事.合签; node 事.乙签 -> 事.审核', ...without)
    expect(planned(inside(), half)).toMatchObject({ missing: [{ what: 'region', name: '会签' }] })
  })

  test('takes its region and who has signed along, under a new name', () => {
    const signed = go(inside(), '甲签', '签')
    const { state } = move(signed, version('node 事.会签 -> 事.联签', ['会签', '联签']))
    expect(state.regions).toEqual({ 联签: { 甲: 'done', 乙: 'open' } })
    expect(state.tokens.乙签!.assignee).toBe('小财')
  })
})

test('what was decided before a move is told without what would have decided otherwise', () => {
  const began = opened()
  const again = ask(before, from, {
    state: began.state,
    command: { command: 'transition', node: '审核', event: '重来', fields: {} },
  })
  const after = version('node 事.审核 -> 事.复核', ['审核', '复核'])
  const moved = move(again.state, after)
  const gone = ask(after, from, {
    state: moved.state,
    command: { command: 'transition', node: '复核', event: '重来', fields: {} },
  })
  const events = [...began.events, ...again.events, ...moved.events, ...gone.events]
  const history = { blueprint: after, events, facts: { ...facts, at: from }, now: from, mayRead: () => true }
  const told = explainHistory(history, new Set(['node-left', 'clock-started', 'assigned']))
  const at = (stale: boolean) => told.filter(one => one.stale === stale).map(({ event }) => event.seq)
  const line = events.find(({ happened }) => happened.kind === 'migrated')!.seq
  expect(at(true).every(seq => seq < line)).toBe(true)
  expect(at(false).some(seq => seq > line)).toBe(true)
  expect(told.length).toBeGreaterThan(6)
})

describe('texts of one version', () => {
  const text = (name: string, line: string) =>
    compiled(`${old.replaceAll('审核', name)}migrate from 1 { ${line} }\n`)
  const [second, third] = [text('复核', 'node 事.审核 -> 事.复核'), text('终审', 'node 事.审核 -> 事.终审')]
  const at = (blueprint: Blueprint) =>
    ask(blueprint, from, { command: { ...opening, fields: { 说明: '坏了' }, draft: true } }).state

  test('that call one thing otherwise twice lead on from the first and from the one between', () => {
    for (const began of [before, second]) {
      const mapping = mappingFor(third, began)!
      const plan = planMove({ before: began, after: third, mapping }, at(began))
      expect(plan).toMatchObject({ move: 'auto', places: { [began === before ? '审核' : '复核']: '终审' } })
    }
  })

  test('leave what is still there where it is', () => {
    const both = compiled(
      `${old.replace('  node 审核', '  node 复核 by 客服 { after 1d -> 完.好 }\n  node 审核').replaceAll('审核', '终审').replace('on 好 -> 会签', 'on 好 -> 会签; on 再看 -> 复核')}migrate from 1 { node 事.审核 -> 事.终审 }\n`,
    )
    const mapping = mappingFor(both, second)!
    expect(planMove({ before: second, after: both, mapping }, at(second))).toMatchObject({ places: {} })
  })
})

describe('a ticket that has no place', () => {
  test('says which node, region, field and value it lacks', () => {
    const held = opened({ 备注: '急', 级: '中' }).state
    const after = version(
      '',
      ['审核', '复核'],
      ['高, 中, 低', '高, 低'],
      ['备注: text, 级: 级, 数: int, 各级', '级: 级, 数: int, 各级'],
    )
    expect(planned(held, after)).toMatchObject({
      move: 'needs-mapping',
      missing: [
        { what: 'node', name: '审核' },
        { what: 'field', name: '备注' },
        { what: 'value', name: '级=中' },
      ],
    })
  })

  test('is one whose two fields went to one, or whose value does not fit the new type', () => {
    const held = opened({ 备注: '急', 级: '中' }).state
    expect(planned(held, version('field 单.备注 -> 单.说明', ['备注: text, ', '']))).toMatchObject({
      missing: [{ what: 'field', name: '备注' }],
    })
    expect(planned(held, version('', ['备注: text', '备注: date']))).toMatchObject({
      missing: [{ what: 'value', name: '备注=急' }],
    })
  })

  test('is left alone by a version that says nothing of its own', () => {
    const after = compiled(old.replace('version 1', 'version 3') + 'migrate from 2 {}\n')
    expect(mappingFor(after, before)).toBeUndefined()
    expect(mappingFor(compiled(old.replace('pack t', 'pack u')), before)).toBeUndefined()
  })
})
