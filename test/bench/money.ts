import { price, priceAmounts } from '#core/pricing'
import { parseDecimal, printDecimal } from '#core/values'
import { formFacts } from '#core/form'
import { checkPack } from '#dsl'
import { bytesMade } from './memory.ts'
import '../../runtime/generation.ts'
import { measure, type Figure } from './measure.ts'
import { moneyTotals } from './peers/index.ts'

const source = `pack bench "bench" version 1
enum 客户类 { 普通, VIP }
entity 行 { 单价: money, 数量: int in 1..999 }
entity 店 { 号: text key, 类: 客户类 }
form 单 for 店 { 行: list(行) }
table 折扣 {
  | 客户类 || 折: percent |
  |--------||-------------|
  | 普通   || 100%        |
  | VIP    || 85%         |
}
price 价 for 单 {
  line 货 per 行 {
    base  单价 * 数量
    times 折扣(店.类).折
    round half_up ¥0.01
    times 106%
    round half_up ¥0.01
  }
  total 应收: money = sum(lines)
}`.replace('    round half_up ¥0.01\n    times 106%\n', '    times 106%\n')

/** A ticket of so many lines with discount, tax and half-up rounding, its total as text: by safe integers, by a price alone or explained, and by peers. */
export async function money(lines: number): Promise<Figure[]> {
  const rows = Array.from({ length: lines }, (_, at) => ({
    单价: `${10 + at}.${String((at * 37) % 100).padStart(2, '0')}`,
    数量: at + 1,
  }))
  const { blueprint, diagnostics } = checkPack({ 'bench.axle': source })
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  const around = { records: { 店: { 甲: { 类: 'VIP' } } }, settings: {} }
  const filled = { form: '单', fields: { 行: rows }, subject: '甲', customer: null }
  const byHand = () => {
    let total = 0
    for (const row of rows) {
      const [whole = '', cents = ''] = row.单价.split('.')
      const fen = Number(whole) * 100 + Number(cents)
      // 85 % of 106 % in ten-thousandths, half up.
      total += Math.floor((fen * row.数量 * 85 * 106 + 5_000) / 10_000)
    }
    return (total / 100).toFixed(2)
  }
  const byAxle = () => {
    const found = price(blueprint, '价', formFacts(blueprint, filled, around))
    return 'missing' in found ? '' : found.total
  }
  const byTotal = () => {
    const found = priceAmounts(blueprint, '价', formFacts(blueprint, filled, around))
    return 'missing' in found ? '' : printDecimal(found.total)
  }
  const exact = parseDecimal(byAxle())
  if (!exact || printDecimal(exact) !== byHand())
    throw new Error(`the candidates disagree: ${byAxle()} ${byHand()}`)
  if (byTotal() !== byHand()) throw new Error(`the candidates disagree: ${byTotal()} ${byHand()}`)
  const repeat = (work: () => unknown) => (times: number) => {
    let last: unknown
    for (let i = 0; i < times; i++) last = work()
    return last
  }
  const plain = rows.map(row => ({ price: row.单价, count: row.数量 }))
  const peers = await moneyTotals()
  for (const { name, total } of peers) if (total(plain) !== byHand()) throw new Error(`${name} disagrees`)
  const candidates = [
    { name: 'safe integers, parsed and printed', work: byHand },
    { name: 'axle price, total only', work: byTotal },
    { name: 'axle price with every step explained', work: byAxle },
    ...peers.map(({ name, total }) => ({ name, work: () => total(plain) })),
  ]
  for (const { name, work } of candidates)
    console.log(`${lines} lines, ${name}: ${(bytesMade(work) / 1024).toFixed(1)} KB made`)
  return measure(candidates.map(({ name, work }) => ({ name: `${name}, ${lines} lines`, run: repeat(work) })))
}
