import { describe, expect, test } from 'vitest'
import {
  decide,
  isRefusal,
  MAX_REPLY,
  replay,
  type Asker,
  type Command,
  type Decision,
  type DeskFacts,
  type TicketEvent,
  type TicketState,
} from '#core/desk'
import { holidayTables } from '#core/values'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  't.axle': `pack t "t" version 1
role 客服, 仓库, 财务
form 单 { 现象: text }
ticket 修 for 单 {
  entry workbench
  start -> 办
  clock 滞留 24h { at 100% notify admin }
  node 办 by 客服 { on 好 -> 等; on 发 notify 财务 -> 发货 }
  node 发货 by 仓库 { on 好 -> 完.好 }
  node 等 by customer { on 行 -> 完.好; after 3d -> 完.好 }
  end 完 { 好 ok }
}`,
})

const person = (id: string, roles: readonly string[], onShift = false) => ({
  ...{ id, name: id, roles, teams: [], skills: [], onShift, store: null, load: 0, idleSince: 0 },
})
const staff = [
  person('甲', ['客服'], true),
  person('乙', ['客服']),
  person('仓', ['仓库']),
  person('财', ['财务']),
  person('管', ['admin']),
]
const facts = {
  ...{ records: {}, settings: {}, zone: 'Asia/Shanghai', holidays: holidayTables, staff, previous: {} },
} as DeskFacts
const by = (id: string): Asker => ({
  actor: { kind: 'staff', id },
  roles: staff.find(one => one.id === id)!.roles,
})
const customer: Asker = { actor: { kind: 'customer', id: 'c' }, roles: [] }

const asked = (state: TicketState | undefined, asker: Asker, command: Command) => {
  const at = Date.parse('2026-03-02T10:00+08:00')
  return decide({ blueprint, newest: blueprint, state, asker, at, facts }, command)
}
function done(state: TicketState | undefined, asker: Asker, command: Command): Decision {
  const answer = asked(state, asker, command)
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}
const open = (whose: string | null) =>
  done(undefined, by('甲'), {
    ...{ command: 'open', id: 't', ticket: '修', entry: 'workbench', customer: whose, subject: null },
    ...{ fields: {}, draft: false },
  })
const take = (state: TicketState, event: string) =>
  done(state, by('甲'), { command: 'transition', node: '办', event, fields: {} }).state
const say = (to: 'customer' | 'staff', text = '好的') => ({ command: 'say', to, text }) as const
const refusedFor = (state: TicketState, asker: Asker, command: Command = say('staff')) =>
  (asked(state, asker, command) as { refused?: string }).refused

const opened = open('c')
const { state } = opened

describe('words on a ticket', () => {
  test('an answer goes to the customer as a message about service, and its event says so', () => {
    expect(diagnostics).toEqual([])
    const { events, effects } = done(state, by('甲'), say('customer', '今天修好'))
    expect(events.map(({ happened }) => happened)).toEqual([{ kind: 'replied', text: '今天修好' }])
    expect(effects).toEqual([
      { effect: 'notify-customer', purpose: 'service', text: '今天修好', node: '办', said: events[0]!.seq },
    ])
  })

  test('a note tells nobody outside, and of staff whoever else holds the ticket', () => {
    expect(done(state, by('甲'), say('staff')).effects).toEqual([])
    expect(done(state, by('管'), say('staff')).effects).toEqual([
      { effect: 'notify-staff', staff: ['甲'], reason: 'noted', node: '办' },
    ])
  })

  test('words change nothing of where the ticket stands, and its events fold to its state', () => {
    const replied = done(state, by('甲'), say('customer'))
    const noted = done(replied.state, by('管'), say('staff'))
    const all: TicketEvent[] = [...opened.events, ...replied.events, ...noted.events]
    expect(replay(all)).toEqual(noted.state)
    expect({ ...noted.state, seq: 0 }).toEqual({ ...state, seq: 0 })
  })

  test('whoever holds it, or a role of its open places, speaks for it, and so does an administrator', () => {
    for (const id of ['甲', '乙', '管']) expect(refusedFor(state, by(id)), id).toBeUndefined()
    for (const id of ['仓', '财']) expect(refusedFor(state, by(id)), id).toBe('role')
    expect(refusedFor(state, customer)).toBe('role')
    const sent = take(state, '发')
    expect(refusedFor(sent, by('仓'))).toBeUndefined()
    expect(refusedFor(sent, by('乙'))).toBe('role')
  })

  test('while it waits for its customer, those of the places it came by speak for it', () => {
    const waiting = take(state, '好')
    for (const id of ['甲', '乙', '管']) expect(refusedFor(waiting, by(id)), id).toBeUndefined()
    expect(refusedFor(waiting, by('仓'))).toBe('role')
  })

  test('nothing is said on a closed ticket, to nobody, or beyond what one message holds', () => {
    const sent = take(state, '发')
    const shipped = { command: 'transition', node: '发货', event: '好', fields: {} } as const
    const closed = done(sent, by('仓'), shipped).state
    expect(refusedFor(closed, by('管'))).toBe('closed')
    expect(refusedFor(open(null).state, by('甲'), say('customer'))).toBe('reply-nobody')
    expect(refusedFor(open(null).state, by('甲'), say('staff'))).toBeUndefined()
    expect(refusedFor(state, by('甲'), say('customer', '字'.repeat(MAX_REPLY + 1)))).toBe('reply-long')
    expect(refusedFor(state, by('甲'), say('customer', '字'.repeat(MAX_REPLY)))).toBeUndefined()
  })
})
