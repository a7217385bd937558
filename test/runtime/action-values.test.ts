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
const result = (value: unknown) => actionResult(action, end(value), 'CNY')
const whole = { 流水: 'x', 实退: { fen: 87296, currency: 'CNY' }, 结果: '失败' }

describe('values of actions', () => {
  test.each([
    ['872.96', 'CNY', 87296],
    ['880', 'CNY', 88000],
    ['1.500', 'CNY', 150],
    ['-0.01', 'CNY', -1],
    ['20', 'JPY', 20],
  ])('%s in %s goes in as %i of the minor unit', (text, currency, fen) => {
    const input = actionInput(action, { 订单号: 'A-1', 金额: text }, currency)
    expect(input).toEqual({ 订单号: 'A-1', 金额: { fen, currency } })
  })

  test('an amount of less than a minor unit is not rounded on the way out, and an absent one stays absent', () => {
    expect(actionInput(action, { 金额: '0.005' }, 'CNY')).toEqual({ 订单号: null, 金额: null })
  })

  test('a result comes back with its outcome and exact amounts, without what was not declared', () => {
    expect(result({ ...whole, 多余: 1 })).toEqual({
      ...{ outcome: '失败', fault: null },
      output: { 流水: 'x', 实退: '872.96', 结果: '失败' },
    })
  })

  test.each([
    ['流水', { 实退: whole.实退, 结果: '成功' }],
    ['流水', { ...whole, 流水: null }],
    ['流水', { ...whole, 流水: 5 }],
    ['实退', { ...whole, 实退: '872.96' }],
    ['实退', { ...whole, 实退: { fen: 1.5, currency: 'CNY' } }],
    ['实退', { ...whole, 实退: { fen: 1, currency: 'USD' } }],
    ['结果', { ...whole, 结果: '也许' }],
    ['结果', { ...whole, 结果: ['成功'] }],
    ['流水', Object.create(whole)],
  ])('a result without a sound %s is a fault', (field, value) => {
    expect(result(value)).toEqual({ outcome: 'fault', output: {}, fault: `result: ${field}` })
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
  const reply = await net.post('https://erp.example.com/', { 订单号, fen: 金额?.fen, key }, { bearer: secret.ERP_TOKEN })
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

test('rows of a list are declared by their fields, records with a key by the key', () => {
  const { blueprint, diagnostics } = checkPack({
    'a.axle': `pack t "t" version 1
entity 件 { 号: text key, 价: money }
entity 用 { 件: 件, 数: int, 价: money, 替: list(用) }
action erp.留 { in 客: customer, 用料: list(用), 首选: 件; out 号: text; key run.id }`,
  })
  expect(diagnostics.filter(({ code }) => code !== 'AX5030')).toEqual([])
  expect(sdkOf(blueprint)).toContain(
    'input: { readonly "客": string | null; ' +
      'readonly "用料": readonly ({ readonly "件": string | null; readonly "数": number | null; readonly "价": Money | null; ' +
      'readonly "替": readonly (object)[] | null })[] | null; ' +
      'readonly "首选": string | null }',
  )
})
