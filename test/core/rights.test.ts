import { describe, expect, test } from 'vitest'
import { judging, rightOn, type Person } from '#core/desk'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'

const pack = (text: string) => {
  const { blueprint, diagnostics } = checkPack({
    'a.axle': `pack a "甲" version 1\nrole 店员, 店长\n${text}`,
  })
  expect(diagnostics.filter(found => severityOf(found) === 'error')).toEqual([])
  return blueprint
}
const shape = (fields: string, rows: string) => `form 单 { ${fields} }
access 单 {
  |   | 店员 | 店长 | customer |
  |---|---|---|---|
${rows}
}
ticket 事 for 单 {
  entry workbench
  clock 滞留 24h { at 100% notify 店长 }
  start -> 办
  node 办 by 店员 { on 完 -> 结束.好 }
  end 结束 { 好 ok }
}
`
const older = pack(
  shape('说明: text, 审核: text', '| 说明 | write | write | write |\n| 审核 | - | write | - |'),
)
const clerk: Person = { kind: 'staff', roles: ['店员'] }
const manager: Person = { kind: 'staff', roles: ['店长'] }
const customer: Person = { kind: 'customer' }

describe('rights on what is under an older version', () => {
  const of = (newest: ReturnType<typeof pack>, field: string) =>
    [clerk, manager, customer].map(person => rightOn(judging(newest, older), person, { form: '单', field }))

  test('are the newest version’s, those of a field that it has not are the older one’s', () => {
    const newest = pack(shape('说明: text', '| 说明 | read | write | - |'))
    expect(of(newest, '说明')).toEqual(['read', 'write', null])
    expect(of(newest, '审核')).toEqual([null, 'write', null])
    expect(judging(newest, older)).toBe(judging(newest, older))
    expect(judging(newest, newest)).toBe(newest)
  })

  test('are the older one’s for a form that is gone, and open where its form was open', () => {
    const newest = pack(shape('说明: text', '| 说明 | write | write | - |').replaceAll('单', '新单'))
    expect(of(newest, '审核')).toEqual([null, 'write', null])
    const open = pack('form 单 { 说明: text, 备注: text }\nform 别 { 说明: text }\n')
    const closed = pack(shape('说明: text', '| 说明 | write | write | - |'))
    expect(rightOn(judging(closed, open), clerk, { form: '单', field: '备注' })).toBe('write')
    expect(rightOn(judging(closed, open), customer, { form: '单', field: '说明' })).toBe(null)
  })
})
