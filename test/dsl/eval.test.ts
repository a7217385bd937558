import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkExpression, checkPack } from '#dsl'
import { readPack } from '../../runtime/commands/source.ts'

const PACK = 'examples/05-prices-and-splits'
const texts = await readPack(PACK)
const { blueprint } = checkPack(texts)
const folder = mkdtempSync(join(tmpdir(), 'axle-eval-'))
afterAll(() => rmSync(folder, { recursive: true }))

function evaluated(written: string, facts: object = {}, ...more: string[]) {
  const path = join(folder, 'facts.json')
  writeFileSync(path, JSON.stringify(facts))
  const args = ['runtime/cli.ts', 'eval', PACK, written, '--with', path, '--json', ...more]
  return spawnSync(process.execPath, args, { encoding: 'utf8' })
}

describe('axle eval', () => {
  test('gives value and type in the names of the pack and of the facts, whose texts are literals where they read so', () => {
    const facts = { 额: '¥880', 级: '银卡', 数: 3, 词: ['a', 'b'], 名: '王芳' }
    const written =
      '[退款费率(大区: 华东, 等级: 级, 金额: 额).费用 = ¥7.04, 级 < 金卡, 数 * 2 = 6, 词 has "b", 名 = "王芳"]'
    const { stdout, stderr } = evaluated(written, facts)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ value: [true, true, true, true, true], type: 'list(bool)' })
  })

  test('says with --why which smallest change of the facts would turn a condition', () => {
    const facts = { 额: '¥880', 级: '银卡', 数: 3 }
    const { stdout } = evaluated('额 > ¥1,000 and 级 >= 银卡 or 数 * 2 = 10', facts, '--why')
    const { value, otherwise } = JSON.parse(stdout) as { value: boolean; otherwise: { zh: string }[] }
    expect(value).toBe(false)
    expect(otherwise.map(({ zh }) => zh).sort()).toEqual(['若数 = 5，就成立', '若额 ≥ ¥1,000.01，就成立'])
    expect(JSON.parse(evaluated('数', facts, '--why').stdout)).toEqual({
      value: 3,
      type: 'int',
      otherwise: [],
    })
  })

  test('says what is wrong at its place in the expression, and what facts may be', () => {
    const wrong = evaluated('额 + 1', { 额: '¥880' })
    expect([wrong.status, JSON.parse(wrong.stdout)[0].code]).toEqual([1, 'AX3002'])
    expect(evaluated('1', { 额: { a: 1 } })).toMatchObject({ status: 2, stdout: '' })
    expect(evaluated('1', [1])).toMatchObject({ status: 2, stdout: '' })
  })

  test.each(['', '1 +', ') 1', 'a; enum A { x }', '1\nrole x', '}', '"open'])(
    'refuses what is no expression: %j',
    written => {
      const { code, diagnostics } = checkExpression(texts, { blueprint, written, names: new Map() })
      expect(code).toBeUndefined()
      for (const { start, end } of diagnostics) expect(start <= end && end <= written.length).toBe(true)
    },
  )
})
