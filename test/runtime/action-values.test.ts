import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sdkOf } from '../../runtime/commands/gen-sdk.ts'
import { actionInput, actionResult } from '../../runtime/usecases/action-values.ts'
import { checkPack } from '#dsl'

const { blueprint } = checkPack({
  'a.axle': `pack t "t" version 1
action erp.退款 {
  in      订单号: text, 金额: money
  out     流水: text, 实退: money, 结果: enum { 成功, 失败 }
  needs   net "erp.example.com", secret ERP_TOKEN
  key     ticket.id
}`,
})
const action = blueprint.actions['erp.退款']!
const end = (value: unknown) => ({ value, log: [], meters: { ms: 0, maxRssBytes: 0, calls: 0 } })
const result = (value: unknown) => actionResult(blueprint, action, end(value))
const inCurrency = (currency: string) => ({ ...blueprint, pack: { ...blueprint.pack, currency } })
const whole = { 流水: 'x', 实退: { fen: 87296, currency: 'CNY' }, 结果: '失败' }

describe('values of actions', () => {
  test.each([
    ['872.96', 'CNY', 87296],
    ['880', 'CNY', 88000],
    ['1.500', 'CNY', 150],
    ['-0.01', 'CNY', -1],
    ['20', 'JPY', 20],
  ])('%s in %s goes in as %i of the minor unit', (text, currency, fen) => {
    const input = actionInput(inCurrency(currency), action, { 订单号: 'A-1', 金额: text })
    expect(input).toEqual({ 订单号: 'A-1', 金额: { fen, currency } })
  })

  test('an amount of less than a minor unit is not rounded on the way out, and an absent one stays absent', () => {
    expect(actionInput(blueprint, action, { 金额: '0.005' })).toEqual({ 订单号: null, 金额: null })
  })

  test('a result comes back with its outcome and exact amounts, without what was not declared', () => {
    expect(result({ ...whole, 多余: 1 })).toEqual({
      ...{ outcome: '失败', fault: null },
      output: { 流水: 'x', 实退: '872.96', 结果: '失败' },
    })
  })

  test.each([
    ['流水: wanted text, got nothing', { 实退: whole.实退, 结果: '成功' }],
    ['流水: wanted text, got nothing', { ...whole, 流水: null }],
    ['流水: wanted text, got a number', { ...whole, 流水: 5 }],
    ["实退: wanted money { fen: 100, currency: 'CNY' }, got a text", { ...whole, 实退: '872.96' }],
    [
      "实退: wanted money { fen: 100, currency: 'CNY' }, got an object",
      { ...whole, 实退: { fen: 1.5, currency: 'CNY' } },
    ],
    [
      "实退: wanted money { fen: 100, currency: 'CNY' }, got an object",
      { ...whole, 实退: { fen: 1, currency: 'USD' } },
    ],
    ['结果: wanted one of 成功, 失败, got a text that is none of them', { ...whole, 结果: '也许' }],
    ['结果: wanted one of 成功, 失败, got a list', { ...whole, 结果: ['成功'] }],
    ['流水: wanted text, got nothing', Object.create(whole)],
  ])('a result with no sound %s is a fault', (said, value) => {
    expect(result(value)).toEqual({ outcome: 'fault', output: {}, fault: `result: ${said}` })
  })
})

test('the declarations made for a pack accept an honest action and refuse a wrong one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axle-sdk-'))
  const write = (name: string, body: string) =>
    writeFileSync(join(folder, name), `import { action } from '#pack'\nexport default action(${body})`)
  writeFileSync(join(folder, 'pack.d.ts'), sdkOf(blueprint))
  write(
    'good.ts',
    `'erp.退款', async ({ 订单号, 金额 }, { key, net, secret }) => {
  const reply = await net.post('https://erp.example.com/', { 订单号, fen: 金额.fen, key }, { bearer: secret.ERP_TOKEN })
  return { 流水: String(reply.json.id), 实退: { fen: 1, currency: 'CNY' }, 结果: '成功' as const }
}`,
  )
  write('wrong.ts', `'erp.退款', ({ 订单 }, { secret }) => ({ 结果: '也许', 流水: secret.OTHER })`)
  const check = (name: string) =>
    spawnSync(
      'node_modules/.bin/tsc',
      [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--target',
        'es2024',
        '--module',
        'esnext',
        '--types',
        '',
        join(folder, 'pack.d.ts'),
        join(folder, name),
      ],
      { encoding: 'utf8' },
    )
  const good = check('good.ts')
  expect(good.stdout, good.stderr).toBe('')
  expect(check('wrong.ts').stdout).toContain('订单')
  rmSync(folder, { recursive: true })
})

test('the declarations know every type, and what each tool of a declaration’s needs takes and gives', () => {
  const text = `pack t "t" version 1
enum 级 { 高, 低 }
entity 件 "件" { 名: text, 价: money }
entity 单据 "单据" { 号: text key, 额: money, 级: 级 }
form 单 "单" for 单据 { 说明: text; 用料: list(件); 回: money }
action a.b "b" {
  in  级: 级, 用料: list(件), 额: money?, 时: datetime, 日: date, 久: duration, 率: percent, 是: bool, 数: int, 照: photo, 单: 单据, 组: set(级), 钱: list(money)
  out 结果: enum { 成功, 失败 }, 级: 级, 钱: list(money)
  needs net "a.example.com", secret K, read customer, read 单.说明, read 单据.额, write 单.回, send, kv
}`
  const sdk = sdkOf(checkPack({ 'a.axle': text }).blueprint)
  for (const part of [
    `"级": "高" | "低"; `,
    `"用料": readonly ({ readonly "名": string | null; readonly "价": Money | null })[]; `,
    `"额": Money | null; readonly "时": number; readonly "日": string; readonly "久": string; `,
    `"率": string; readonly "是": boolean; readonly "数": number; `,
    `"照": readonly string[]; readonly "单": string; readonly "组": readonly ("高" | "低")[]; `,
    `"钱": readonly (Money)[] }`,
    `(path: "customer"): Promise<string | null>; (path: "customer.id"): Promise<string | null>`,
    `(path: "单.说明"): Promise<string | null>; (path: "单据.额"): Promise<Money | null>`,
    `readonly write: { (path: "单.回", value: Money): Promise<void> }`,
    `{ send(text: string): Promise<void> } & { readonly kv: Kept }`,
  ])
    expect(sdk).toContain(part)

  const { blueprint: pack } = checkPack({ 'a.axle': text })
  const rows = { 用料: [{ 名: '管', 价: '12.50' }], 钱: ['1.00'] }
  expect(actionInput(pack, pack.actions['a.b']!, rows)).toMatchObject({
    用料: [{ 名: '管', 价: { fen: 1250, currency: 'CNY' } }],
    钱: [{ fen: 100, currency: 'CNY' }],
  })
  const back = (value: object) => actionResult(pack, pack.actions['a.b']!, end(value))
  const whole = { 结果: '成功', 级: '高', 钱: [{ fen: 100, currency: 'CNY' }] }
  expect(back(whole).output).toEqual({ 结果: '成功', 级: '高', 钱: ['1.00'] })
  expect(back({ ...whole, 级: '中' }).fault).toBe(
    'result: 级: wanted one of 高, 低, got a text that is none of them',
  )
  expect(back({ ...whole, 钱: ['1.00'] }).fault).toBe(
    "result: 钱: wanted list(money { fen: 100, currency: 'CNY' }), got a list",
  )
})
