import { describe, expect, test } from 'vitest'
import {
  decide,
  isRefusal,
  takersOf,
  type Asker,
  type Command,
  type DeskFacts,
  type TicketState,
} from '#core/desk'
import { holidayTables } from '#core/values'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  't.axle': `pack t "t" version 1
role 客服, 组长 extends 客服
role 仓库
form 单 { 现象: text }
ticket 修 for 单 {
  entry workbench
  start -> 办
  clock 滞留 24h { at 100% notify admin }
  node 办 by 客服 { on 好 -> 等; on 问 notify 组长, 仓库 }
  node 等 by customer { on 行 -> 完.好; after 3d -> 完.好 }
  end 完 { 好 ok }
}`,
})

const person = (id: string, roles: readonly string[], onShift = false) => ({
  ...{ id, name: id, roles, teams: [], skills: [], onShift, store: null, load: 0, idleSince: 0 },
})
const staff = [
  person('甲', ['客服']),
  person('乙', ['组长']),
  person('丙', ['仓库']),
  person('管', ['admin']),
]
const facts = {
  records: {},
  settings: {},
  zone: 'Asia/Shanghai',
  holidays: holidayTables,
  staff,
  previous: {},
}

const questionOf = (state: TicketState | undefined, asker: Asker) => ({
  ...{ blueprint, newest: blueprint, state, asker, at: Date.parse('2026-03-02T10:00+08:00') },
  facts: facts as DeskFacts,
})
const by = (id: string): Asker => ({
  actor: { kind: 'staff', id },
  roles: staff.find(one => one.id === id)!.roles,
})
function ask(state: TicketState | undefined, asker: Asker, command: Command): TicketState {
  const answer = decide(questionOf(state, asker), command)
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer.state
}
const opening = {
  command: 'open',
  id: 't',
  ticket: '修',
  entry: 'workbench',
  customer: 'c',
  subject: null,
} as const
/** Nobody is on shift, so it waits. */
const waiting = ask(undefined, by('甲'), { ...opening, fields: {}, draft: false })
const give = (asker: Asker, to: string | null, state = waiting) =>
  decide(questionOf(state, asker), { command: 'assign', node: '办', to })
const refusedFor = (asker: Asker, to: string | null) => (give(asker, to) as { refused?: string }).refused

describe('who works a place', () => {
  test('the pack is read without a fault, and the place waits', () => {
    expect(diagnostics).toEqual([])
    expect(waiting.tokens.办!.assignee).toBeNull()
  })

  test('is claimed by whoever may work it, on shift or not, without a message to themselves', () => {
    const answer = give(by('甲'), '甲')
    expect(answer).toMatchObject({ state: { tokens: { 办: { assignee: '甲' } } } })
    expect(answer).toMatchObject({ effects: [{ effect: 'dispatch' }] })
  })

  test('is given to others by those who may work it, also by a role that extends it, and by administrators', () => {
    for (const giver of ['甲', '乙', '管']) {
      const others = ['甲', '乙'].filter(id => id !== giver)
      for (const to of others) expect(give(by(giver), to)).toMatchObject({ effects: [{ staff: [to] }, {}] })
      expect(takersOf(questionOf(waiting, by(giver)), '办')).toEqual(['甲', '乙'])
    }
  })

  test('is nobody’s to give who may not work it, and nobody gets what they may not work', () => {
    expect(refusedFor(by('丙'), '甲')).toBe('role')
    expect(refusedFor(by('丙'), null)).toBe('role')
    expect(takersOf(questionOf(waiting, by('丙')), '办')).toEqual([])
    for (const to of ['丙', '管', '无']) expect(refusedFor(by('管'), to)).toBe('not-assignable')
  })

  test('is looked for again in vain while nobody is free, and not at all once somebody has it', () => {
    expect(refusedFor(by('甲'), null)).toBe('nobody-free')
    const held = ask(waiting, by('甲'), { command: 'assign', node: '办', to: '甲' })
    for (const to of [null, '甲']) expect(give(by('乙'), to, held)).toMatchObject({ refused: 'moot' })
  })

  test('says in the history that a person gave it, and why; what the routing gives says no such thing', () => {
    const events = (reason?: string) => {
      const decision = decide(questionOf(waiting, by('乙')), {
        ...{ command: 'assign', node: '办', to: '甲', reason },
      })
      return isRefusal(decision) ? [] : decision.events.map(({ happened }) => happened)
    }
    const given = { kind: 'assigned', node: '办', team: null, assignee: '甲' }
    expect(events('熟悉这位客户')).toContainEqual({ ...given, handed: { reason: '熟悉这位客户' } })
    expect(events()).toContainEqual({ ...given, handed: { reason: null } })
    const routed = decide(questionOf(undefined, by('乙')), { ...opening, fields: {}, draft: false })
    if (isRefusal(routed)) throw new Error(routed.refused)
    const assigned = routed.events.filter(({ happened }) => happened.kind === 'assigned')
    expect(assigned.map(({ happened }) => 'handed' in happened)).toEqual([false])
  })

  test('is not asked where the customer is waited for', () => {
    const asked = ask(waiting, by('甲'), { command: 'transition', node: '办', event: '好', fields: {} })
    expect(takersOf(questionOf(asked, by('甲')), '等')).toEqual([])
    const command = { command: 'assign', node: '等', to: '甲' } as const
    expect(decide(questionOf(asked, by('甲')), command)).toMatchObject({ refused: 'not-assignable' })
  })
})
