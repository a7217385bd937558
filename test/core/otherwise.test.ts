import { describe, expect, test } from 'vitest'
import { ticketWorld, transitionOtherwise, whereTo, type DeskFacts, type TicketState } from '#core/desk'
import { formFacts } from '#core/form'
import { changesWords, conditionOtherwise, type World } from '#core/otherwise'
import { price, priceOtherwise, priceOtherwiseWords } from '#core/pricing'
import { checkPack } from '#dsl'
import { readPack } from '../../runtime/commands/source.ts'
import { blueprintOf, worldOf } from '../support/small-world.ts'

const zone = 'Asia/Shanghai'
const facts: DeskFacts = {
  ...{ records: {}, settings: {}, zone, holidays: [], staff: [], previous: {} },
}
const at = Date.parse('2026-03-02T12:00+08:00')

describe('what would have decided otherwise', () => {
  test('is said of three inputs where each of them is needed', () => {
    const blueprint = blueprintOf('  check 数 >= 5 and 额 >= ¥0.05 and 级 = 金卡 and 新 "x"')
    const { condition } = blueprint.forms['单']!.checks[0]!
    const world = worldOf(blueprint, { 数: 1, 额: '0.01', 级: '普通', 新: true })
    expect(conditionOtherwise(world, condition).map(changes => changesWords(world, changes).zh)).toEqual([
      '若数 = 5、额 = ¥0.05、级 = 金卡',
    ])
  })

  test('of a computed amount names the amount itself and what it is made of', async () => {
    const { blueprint } = checkPack(await readPack('plugins/education'))
    const { reactions } = blueprint.tickets['退费']!.nodes['复核']!
    const state = {
      ...{ kind: '退费', subject: 'H', customer: null },
      fields: { 已用课时: 10, 物料费: '100' },
    } as unknown as TicketState
    const records = { 合同: { H: { 实付: '9000', 列表单价: '200' } } }
    const asked = (hidden: string) =>
      ticketWorld(blueprint, state, { facts: { ...facts, records }, at, mayRead: field => field !== hidden })
    const said = (world: World) =>
      conditionOtherwise(world, reactions[0]!.when!).map(changes => changesWords(world, changes).zh)
    expect(said(asked('')).sort()).toEqual(
      [
        '若合同的列表单价 = ¥390.00',
        '若合同的实付 = ¥7,100.00',
        '若已用课时 = 20',
        '若应退 ≤ ¥5,000.00',
        '若物料费 = ¥2,000.00',
      ].sort(),
    )
    // Nobody is told of a field that they may not read.
    expect(said(asked('应退'))).not.toContain('若应退 ≤ ¥5,000.00')
  })

  test('of a transition says where it would lead', async () => {
    const { blueprint } = checkPack(await readPack('plugins/retail'))
    const node = blueprint.tickets['客诉']!.nodes['补偿审批']!
    const state = { kind: '客诉', subject: null, customer: null, fields: { 补偿金额: '1200' } }
    const world = ticketWorld(blueprint, state as unknown as TicketState, { facts, at, mayRead: () => true })
    expect(whereTo(world, node, '同意')).toEqual({ go: 'node', to: '总部审批' })
    expect(transitionOtherwise(world, node, '同意')).toMatchObject([
      { changes: [{ to: { units: 1000n }, reach: 'atMost' }], target: { go: 'done' } },
    ])
  })

  test('of a price stays within what the forms and the overlays of the pack say', () => {
    const { blueprint, diagnostics } = checkPack({
      't.axle': `pack t "t" version 1
form 单 { 件: int in 1..3 }
price 价 "价" for 单 {
  line 货 "货" { base ¥10 * 件\n    plus ¥5 when 件 >= 3 }
  total 共: money = sum(lines) }
overlay 节 "节日" on 价.货 { from 2026-10-01 00:00..<2026-10-08 00:00; plus ¥1 }`,
    })
    expect(diagnostics).toEqual([])
    const filled = { form: '单', fields: { 件: 3 }, subject: null, customer: null }
    const around = { records: {}, settings: {}, at: Date.parse('2026-09-30T12:00+08:00') }
    const there: World = { blueprint, form: '单', zone, fresh: () => formFacts(blueprint, filled, around) }
    expect(price(blueprint, '价', there.fresh())).toMatchObject({ total: '35.00' })
    const said = priceOtherwise(there, '价').map(found => priceOtherwiseWords(there, '价', found).zh)
    expect(said).toEqual([
      '若件 ≤ 2，这一步就不算，共 ¥20.00',
      '若件 = 2，共 ¥20.00',
      '若时间是 2026-10-01 00:00，共 ¥36.00',
    ])
  })
})
