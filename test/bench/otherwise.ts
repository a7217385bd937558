import { ticketWorld, transitionOtherwise, type DeskFacts, type TicketState } from '#core/desk'
import type { Blueprint } from '#core/blueprint'
import { formFacts } from '#core/form'
import { customerFacts, judgeSend, sendOtherwise, type SendCase } from '#core/limit'
import { tableOtherwise, type World } from '#core/otherwise'
import { price, priceOtherwise } from '#core/pricing'
import { clockOtherwise } from '#core/sla'
import { holidayTables } from '#core/values'
import { checkPack } from '#dsl'
import { readPack } from '../../runtime/commands/source.ts'
import { measure, type Figure } from './measure.ts'

const zone = 'Asia/Shanghai'
const at = Date.parse('2026-03-02T22:30+08:00')

/**
 * Every sort of explanation with what would have decided otherwise, on the packs (a hundred milliseconds are promised), and
 * on a price of thirty rows by a table of two thousand; beside a price with its explanation alone.
 */
export async function otherwise(): Promise<Figure[]> {
  const [retail, making] = await Promise.all([packOf('plugins/retail'), packOf('plugins/manufacturing')])
  const repair = repairWorld(making)
  const large = largeWorld()
  const times = (work: () => { readonly length: number }) => (count: number) => {
    let found = 0
    for (let i = 0; i < count; i++) found += work().length
    return found
  }
  const node = retail.tickets.客诉!.nodes.店长处理!
  const complaint = complaintWorld(retail)
  const send = sendCase(retail)
  const span = making.tickets.报修!.nodes.受理!.clocks[0]!.span
  const run = { span, frame: { zone, holidays: holidayTables }, startedAt: at - 20 * 3_600_000, endedAt: at }
  const table = making.tables.批量折扣!
  if (judgeSend(send).verdict !== 'drop') throw new Error('the message was to be held back')
  return measure([
    { name: 'a price with its explanation', run: times(() => linesOf(repair, '报价')) },
    { name: 'a price, otherwise', run: times(() => priceOtherwise(repair, '报价')) },
    {
      name: 'a table, otherwise',
      run: times(() => tableOtherwise(making, table, { 客户类: '大客户', 数量: 12 })),
    },
    { name: 'a transition, otherwise', run: times(() => transitionOtherwise(complaint, node, '提交')) },
    { name: 'a clock, otherwise', run: times(() => clockOtherwise(repair, run)) },
    { name: 'a message, otherwise', run: times(() => sendOtherwise(send)) },
    { name: 'a price of 30 rows by 2,000, otherwise', run: times(() => priceOtherwise(large, '价')) },
  ])
}

async function packOf(folder: string): Promise<Blueprint> {
  return checkPack(await readPack(folder)).blueprint
}

function linesOf({ blueprint, fresh }: World, name: string) {
  const priced = price(blueprint, name, fresh())
  return 'missing' in priced ? [] : priced.lines
}

function repairWorld(blueprint: Blueprint): World {
  const parts = ['P-01', 'P-02', 'P-03'].map((件, index) => ({ 件, 数量: 9 + index }))
  const fields = { 项目: 'AC-I', 用料: parts, 物流系数: '1.00' }
  const filled = { form: '报修单', fields, subject: 'D', customer: null }
  const device = { 客户类: '大客户', region: '310000', 城市档: 'T4' }
  const around = { records: { 设备: { D: device } }, settings: {}, at }
  return { blueprint, form: '报修单', zone, fresh: () => formFacts(blueprint, filled, around) }
}

function complaintWorld(blueprint: Blueprint): World {
  const facts: DeskFacts = {
    ...{ records: {}, settings: {}, zone, holidays: holidayTables, staff: [], previous: {} },
  }
  const fields = { 投诉类型: '商品质量', 补偿金额: '80' }
  const state = { kind: '客诉', fields, subject: null, customer: null } as unknown as TicketState
  return ticketWorld(blueprint, state, { facts, at, mayRead: () => true })
}

/** In the quiet hours, with a complaint open, of a customer who was written to four times. */
function sendCase(blueprint: Blueprint): SendCase {
  const history = { open: new Set(['客诉']), last: { '订单.下单': at - 86_400_000 } }
  const about = { customer: 'c', subject: null, history, at, zone }
  const around = { records: { customer: { c: { 等级: '金卡' } } }, settings: {} }
  const sent = [1, 2, 3, 4].map(day => ({ from: at - day * 86_400_000, to: at - day * 86_400_000 }))
  return {
    world: { blueprint, form: null, zone, fresh: () => customerFacts(blueprint, around, about) },
    message: { purpose: 'promo', channel: 'wecom', text: '全网第一' },
    history: sent.map(times => ({ purpose: 'promo', channel: 'wecom', ...times })),
    at,
  }
}

function largeWorld(): World {
  const rows = Array.from({ length: 2_000 }, (_, n) => `  | ${n * 10}..${n * 10 + 9} || ${50 + (n % 50)}% |`)
  const { blueprint } = checkPack({
    'bench.axle': `pack bench "bench" version 1
entity 行 { 单价: money, 数量: int in 0..19999 }
form 单 { 行: list(行) }
table 折扣 { | 数量: int || 折: percent |\n  |---||---|\n${rows.join('\n')}\n  | else || 100% |\n}
price 价 for 单 {
  line 货 per 行 { base 单价 * 数量\n    times 折扣(数量).折\n    round half_up ¥0.01 }
  total 应收: money = sum(lines)
}`,
  })
  const list = Array.from({ length: 30 }, (_, n) => ({ 单价: '9.90', 数量: n * 601 + 5 }))
  const filled = { form: '单', fields: { 行: list }, subject: null, customer: null }
  return {
    ...{ blueprint, form: '单', zone },
    fresh: () => formFacts(blueprint, filled, { records: {}, settings: {} }),
  }
}
