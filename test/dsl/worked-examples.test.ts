import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { price } from '#core/pricing'
import { formFacts } from '#core/form'
import { instantOf } from '#core/values'
import { checkPack, examine, playScenario } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { format } from '#dsl/format'
import { print, parse } from '#dsl/syntax'

// The guides beside them are tried as what they are: for an empty folder.
const folders = readdirSync('examples').filter(name => /^\d/.test(name))
const filesOf = (folder: string, mark = '') =>
  Object.fromEntries(
    readdirSync(join('examples', folder))
      .filter(name => /\.(axle|csv)$/.test(name))
      .map(name => [`${mark}${name}`, readFileSync(join('examples', folder, name), 'utf8')]),
  )
const textsOf = (folder: string) => ({
  ...filesOf(folder),
  ...(folder === '08-field-repair' && filesOf('07-aftersale', '@retail.aftersale/')),
})

describe.each(folders)('the example %s', folder => {
  const checked = checkPack(textsOf(folder))

  test('has no error, and warns of nothing but what no engine runs yet', () => {
    const findings = checked.diagnostics.filter(found => found.code !== 'AX9001')
    expect(findings.filter(found => severityOf(found) === 'error')).toEqual([])
  })

  test('passes every test it holds', () => {
    const { blueprint, cases, scenarios } = checked
    expect(cases.length + scenarios.length).toBeGreaterThan(0)
    for (const result of examine(blueprint, cases)) expect(result.differences).toEqual({})
    for (const scenario of scenarios) expect(playScenario(blueprint, scenario).failure).toBeNull()
  })

  test('stands in the common form', () => {
    const written = Object.entries(filesOf(folder)).filter(([name]) => name.endsWith('.axle'))
    for (const [, text] of written) {
      expect(format(text)).toBe(text)
      expect(print(parse(text))).toBe(text)
    }
  })
})

describe('an overlay', () => {
  const { blueprint } = checkPack(textsOf('08-field-repair'))
  const priced = (at: string, region: string) => {
    const fields = { 项目: 'AC-I', 用料: [{ 件: 'P-01', 数量: 1 }], 加急: true }
    const device = { 城市档: 'T4', region, 客户类: '普通' }
    const around = { records: { 设备: { 甲: device } }, settings: {}, at: instantOf(at, 'Asia/Shanghai') }
    const facts = formFacts(blueprint, { form: '报修单', fields, subject: '甲', customer: null }, around)
    const found = price(blueprint, '报价', facts)
    return 'missing' in found ? found.missing : found.lines.find(({ line }) => line === '备件')?.amount
  }
  const shanghai = '310000'
  const beijing = '110000'

  test('holds from its first instant to before its last, in its region alone', () => {
    expect(priced('2026-11-10 07:59', shanghai)).toBe('80.00')
    expect(priced('2026-11-10 08:00', shanghai)).toBe('96.00')
    expect(priced('2026-11-13 07:59', shanghai)).toBe('96.00')
    expect(priced('2026-11-13 08:00', shanghai)).toBe('80.00')
    expect(priced('2026-11-11 12:00', beijing)).toBe('80.00')
  })
})

test('a refund counts what other refunds of the order take, and no more once they were refused', () => {
  const text = readFileSync('examples/07-aftersale/aftersale.axle', 'utf8')
  const story = (second: string) => `${text}
test "两次退款不超过实付" {
  at     2026-03-02 09:00
  given  订单 { 号: "A-9", 渠道: 线上, 实付: ¥100, 件数: 2, 客户: { 等级: 金卡, region: 北京 } }
  create 退款 { 原因: 七天无理由, 退货件数: 1, 金额: ¥60 }
  ${second}
  create 退款 { 原因: 七天无理由, 退货件数: 1, 金额: ¥60 }
}`
  const played = (second: string) => {
    const { blueprint, scenarios } = checkPack({ 'a.axle': story(second) })
    return playScenario(blueprint, scenarios.at(-1)!).failure
  }
  expect(played('')).toMatchObject({ reason: 'refused', detail: expect.stringContaining('金额') })
  expect(played('do 受理.驳回 { 驳回理由: "不符" } as 客服')).toBeNull()
})
