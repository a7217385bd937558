import { describe, expect, test } from 'vitest'
import { decide, isRefusal, type Command, type DeskFacts, type TicketState } from '#core/desk'
import { holidayTables } from '#core/values'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  't.axle': `pack t "t" version 1
role 客服
entity 设备 { 号: text key, 客户: customer, 底价: money }
form 单 for 设备 { 现象: text }
price 价 for 单 {
  line 工 { base 设备.底价 }
  total 应收: money = sum(lines)
}
ticket 修 for 单 {
  entry chat, workbench
  start -> 办
  clock 滞留 24h { at 100% notify admin }
  node 办 by 客服 { on 好 -> 完.好 }
  end 完 { 好 ok }
}`,
})

const records = {
  customer: { c: { id: 'c' } },
  设备: { own: { 客户: 'c', 底价: '20.00' }, other: { 客户: 'd' } },
}
const facts = {
  records,
  settings: {},
  zone: 'Asia/Shanghai',
  holidays: holidayTables,
  staff: [],
  previous: {},
}

function ask(state: TicketState | undefined, command: Command, roles: readonly string[] = ['客服']) {
  const asker = { actor: { kind: 'staff', id: 's' } as const, roles }
  const question = { blueprint, newest: blueprint, state, asker, at: Date.parse('2026-03-02T10:00+08:00') }
  return decide({ ...question, facts: facts as DeskFacts }, command)
}

function opened(subject: string | null): TicketState {
  const command = { command: 'open', id: 't', ticket: '修', entry: 'chat', customer: 'c', subject } as const
  const answer = ask(undefined, { ...command, fields: { 现象: '响' }, draft: true })
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer.state
}

describe('what a ticket is about', () => {
  test('the pack is read without a fault', () => expect(diagnostics).toEqual([]))

  test('may be said later, by who holds its node, and gives it its price', () => {
    const state = opened(null)
    expect(state.prices).toEqual({})
    const answer = ask(state, { command: 'about', subject: 'own' })
    expect(answer).toMatchObject({
      state: { subject: 'own', prices: { 价: { stage: 'estimate', total: '20.00' } } },
    })
    expect(ask(state, { command: 'about', subject: 'own' }, [])).toMatchObject({ refused: 'role' })
  })

  test.each(['other', 'nothing'])(
    'is no record of another customer and none that is not there: %s',
    subject => {
      expect(ask(opened(null), { command: 'about', subject })).toMatchObject({ refused: 'subject' })
      expect(() => opened(subject)).toThrow('subject')
    },
  )
})
