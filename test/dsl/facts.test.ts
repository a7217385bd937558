import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeValue, findRegion, printType, type Type } from '#core/values'
import { checkPack } from '#dsl'
import { factOfJson, factOfType, readFact } from '../../runtime/commands/fact.ts'

const text = `pack t "t" version 1
use region china
enum 等级 ordered { 普通, 金卡 }
entity 用量 { 名: text, 数量: int, 价: money, 小计: money = 价 * 数量 }
entity 订单 { 号: text key, 实付: money, 用料: list(用量), 级: 等级 default 普通 }
table 费 {
  | 钱: money? | 率: percent | 话: text || 答: text |
  |------------|-------------|---------||----------|
  | null       | -           | -       || "无"     |
  | < ¥0       | -           | -       || "负"     |
  | >= ¥0      | < 50%       | -       || "少"     |
  | >= ¥0      | >= 50%      | -       || "多"     |
}
`
const texts = { 'p.axle': text }
const { blueprint, diagnostics } = checkPack(texts)
const pack = { texts, blueprint }
const shanghai = findRegion('上海')!
const at = Date.UTC(2026, 2, 1, 2)

describe('a fact of a known type', () => {
  const level: Type = { kind: 'enum', name: '等级' }
  const ints: Type = { kind: 'list', of: { kind: 'int' } }
  test.each<readonly [string, Type, unknown]>([
    ['¥1,999.50', { kind: 'money' }, '1999.50'],
    ['-¥0.50', { kind: 'money' }, '-0.50'],
    ['300', { kind: 'money' }, '300'],
    ['12.5%', { kind: 'percent' }, '0.125'],
    ['0.125', { kind: 'percent' }, '0.125'],
    ['-5', { kind: 'int' }, -5],
    ['1.5', { kind: 'decimal' }, '1.5'],
    ['2', { kind: 'decimal' }, '2'],
    ['true', { kind: 'bool' }, true],
    ['2026-03-01', { kind: 'date' }, '2026-03-01'],
    ['9:00', { kind: 'time' }, '09:00'],
    ['2026-03-01 10:00', { kind: 'datetime' }, at],
    ['2026-03-01T10:00', { kind: 'datetime' }, at],
    ['2h', { kind: 'duration' }, '2h'],
    ['上海', { kind: 'region' }, shanghai],
    ['310000', { kind: 'region' }, '310000'],
    ['金卡', level, '金卡'],
    ['a b', { kind: 'text' }, 'a b'],
    ['', { kind: 'text' }, ''],
    ['"-"', { kind: 'text' }, '-'],
    ['-', { kind: 'text' }, null],
    ['-', { kind: 'money' }, null],
    ['null', { kind: 'int' }, null],
    ['', { kind: 'int' }, null],
    ['[1, 2]', ints, [1, 2]],
  ])('%j is read', (written, type, expected) => {
    expect(encodeValue(readFact(pack, written, type)!)).toEqual(expected)
  })

  test.each<readonly [string, Type]>([
    ['abc', { kind: 'money' }],
    ['1.5', { kind: 'int' }],
    ['yes', { kind: 'bool' }],
    ['2026-02-30', { kind: 'date' }],
    ['25:00', { kind: 'time' }],
    ['2026-02-30 10:00', { kind: 'datetime' }],
    ['铂金', level],
    ['火星', { kind: 'region' }],
    ['2 hours', { kind: 'duration' }],
    ['1; enum A { x }', { kind: 'int' }],
  ])('%j is none', (written, type) => {
    expect(readFact(pack, written, type)).toBeUndefined()
  })

  test('may come as JSON, whose texts are read alike', () => {
    expect(encodeValue(factOfType(pack, 1.5, { kind: 'decimal' })!)).toBe('1.5')
    expect(encodeValue(factOfType(pack, 1e-7, { kind: 'decimal' })!)).toBe('0.0000001')
    expect(factOfType(pack, null, { kind: 'money' })).toBeNull()
    expect(factOfType(pack, 'abc', { kind: 'money' })).toBeUndefined()
    expect(factOfType(pack, [1, 'x'], ints)).toBeUndefined()
  })
})

describe('a fact of JSON alone', () => {
  test.each<readonly [unknown, string, unknown]>([
    [3, 'int', 3],
    [2.5, 'decimal', '2.5'],
    [-1, 'int', -1],
    ['¥300', 'money', '300'],
    ['-¥3', 'money', '-3'],
    ['12%', 'percent', '0.12'],
    ['2h', 'duration', '2h'],
    ['金卡', '等级', '金卡'],
    ['上海', 'region', shanghai],
    ['王芳', 'text', '王芳'],
    ['2026-03-01 10:00', 'datetime', at],
    [null, 'null', null],
    [[1, null, 2.5], 'list(decimal)', ['1', null, '2.5']],
    [[], 'list(null)', []],
    [{ type: 'money', value: null }, 'money', null],
    [{ type: 'text', value: '上海' }, 'text', '上海'],
    [{ type: 'list(int)', value: [] }, 'list(int)', []],
  ])('%j is of type %s', (json, type, value) => {
    const fact = factOfJson(pack, 'x', json)!
    expect([printType(fact.type), encodeValue(fact.value)]).toEqual([type, value])
  })

  test.each<readonly [unknown]>([[[1, 'a']], [{ 没有: 1 }], [{ 名: 'a', 数量: 'x' }], [undefined]])(
    'is none: %j',
    json => {
      expect(factOfJson(pack, 'x', json)).toBeUndefined()
    },
  )
})

describe('axle eval and axle table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axle-facts-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'p.axle'), text)
  const axle = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['runtime/cli.ts', ...args, '--json'], { encoding: 'utf8' })
  const facts = (json: object) => {
    writeFileSync(join(folder, 'facts.json'), JSON.stringify(json))
    return ['--with', join(folder, 'facts.json')]
  }

  test('read records, what they compute and the rows of their lists', () => {
    expect(diagnostics).toEqual([])
    const given = {
      订单: {
        号: 'A',
        实付: '¥9',
        用料: [
          { 名: 'a', 数量: 2, 价: '¥1.50' },
          { 数量: 1, 价: '¥2' },
        ],
      },
    }
    const written = '[sum(订单.用料.小计), 订单.实付]'
    expect(JSON.parse(axle('eval', folder, written, ...facts(given)).stdout)).toEqual({
      value: ['5.00', '9'],
      type: 'list(money)',
    })
    expect(JSON.parse(axle('eval', folder, '订单.级 = 普通', ...facts(given)).stdout).value).toBe(true)
  })

  test('warn about a comparison with null and answer it', () => {
    const { stdout, stderr, status } = axle('eval', folder, '1 = null')
    expect([status, JSON.parse(stdout)]).toEqual([0, { value: false, type: 'bool' }])
    expect(stderr).toContain('null')
  })

  test('take inputs from words and from a file alike, the words winning', () => {
    const fromWords = axle('table', folder, '费', '钱=-¥5', '率=10%', '话=有 空格')
    expect(JSON.parse(fromWords.stdout)).toMatchObject({ row: 1, rows: [1], values: { 答: '负' } })
    const fromFile = axle('table', folder, '费', '率=60%', ...facts({ 钱: '¥5', 率: 0.1 }))
    expect(JSON.parse(fromFile.stdout)).toMatchObject({ row: 3, values: { 答: '多' } })
    expect(JSON.parse(axle('table', folder, '费', '钱=-').stdout).values).toEqual({ 答: '无' })
    expect(JSON.parse(axle('table', folder, '费', '钱=¥1').stdout)).toMatchObject({
      row: null,
      values: { 答: null },
    })
  })

  test('say how a value is written when it is none', () => {
    const wrong = axle('table', folder, '费', '钱=五块')
    expect([wrong.status, wrong.stdout, wrong.stderr]).toEqual([2, '', '钱=五块: money, ¥300\n'])
    expect(axle('table', folder, '费', '没有=1')).toMatchObject({
      status: 2,
      stderr: '没有: column=value, of 钱 率 话\n',
    })
  })
})
