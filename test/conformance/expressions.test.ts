import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileCode, generateCode } from '#core/expression'
import {
  compareDecimal,
  encodeValue,
  findRegion,
  parseDecimal,
  printType,
  regionWithin,
  type Type,
  type Value,
} from '#core/values'
import { checkExpression, checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { makeFunction } from '../../runtime/generation.ts'
import { epochOf } from '../support/reference-time.ts'
import { interpret, number, numberOf, type Seen, type World } from '../support/reference-expression.ts'

// A line is a case: `expression => value : type`, or `expression => AX1234`. Names stand for what is said here.
const pack = {
  'p.axle': `pack t "t" version 1
use region china
enum 等级 ordered { 普通, 银卡, 金卡, 钻石 }
enum 原因 { 质量, 其他 }
entity 用量 { 名: text, 数量: int, 价: money }`,
}
const { blueprint } = checkPack(pack)

const money = (text: string): Value => parseDecimal(text)!
const rows = [
  ['甲', 1, '2.50'],
  ['乙', 2, '2.00'],
  ['丙', 3, '3.00'],
] as const
const row = ([名, 数量, 价]: (typeof rows)[number]): Value => ({
  entity: '用量',
  key: null,
  fields: { 名, 数量, 价: money(价) },
})
const known: Readonly<Record<string, readonly [Type, Value, Seen]>> = {
  数: [{ kind: 'int' }, 5, number(5n)],
  钱: [{ kind: 'money' }, money('12.50'), numberOf('12.50')],
  文: [{ kind: 'text' }, '退款单', { t: 'text', s: '退款单' }],
  日: [{ kind: 'date' }, '2026-03-15', { t: 'date', s: '2026-03-15' }],
  级: [{ kind: 'enum', name: '等级' }, '金卡', { t: 'name', s: '金卡' }],
  因: [{ kind: 'enum', name: '原因' }, '质量', { t: 'name', s: '质量' }],
  城: [{ kind: 'region' }, findRegion('上海')!, { t: 'name', s: '上海' }],
  真: [{ kind: 'bool' }, true, true],
  刻: [{ kind: 'datetime' }, epochOf('2026-03-15 09:30'), { t: 'datetime', s: '2026-03-15 09:30' }],
  时: [{ kind: 'time' }, '09:30', { t: 'time', s: '09:30' }],
  长: [{ kind: 'duration' }, '90m', { t: 'duration', s: '90m' }],
  空数: [{ kind: 'int' }, null, null],
  空钱: [{ kind: 'money' }, null, null],
  空文: [{ kind: 'text' }, null, null],
  空日: [{ kind: 'date' }, null, null],
  空否: [{ kind: 'bool' }, null, null],
  空级: [{ kind: 'enum', name: '等级' }, null, null],
  空时: [{ kind: 'time' }, null, null],
  空刻: [{ kind: 'datetime' }, null, null],
  空长: [{ kind: 'duration' }, null, null],
  空列: [{ kind: 'list', of: { kind: 'int' } }, null, null],
  空城: [{ kind: 'region' }, null, null],
  行: [
    { kind: 'list', of: { kind: 'ref', name: '用量' } },
    rows.map(row),
    rows.map(([名, 数量, 价]) => ({
      t: 'row' as const,
      fields: { 名: { t: 'text', s: 名 } as Seen, 数量: number(BigInt(数量)), 价: numberOf(价) },
    })),
  ],
  空行: [{ kind: 'list', of: { kind: 'ref', name: '用量' } }, [], []],
}
const names = new Map(Object.entries(known).map(([name, [type]]) => [name, type]))
const facts = Object.fromEntries(Object.entries(known).map(([name, [, value]]) => [name, value]))
const world: World = {
  facts: Object.fromEntries(Object.entries(known).map(([name, [, , seen]]) => [name, seen])),
  orders: Object.values(blueprint.enums).map(({ values }) => Object.keys(values)),
  within: (place, region) => regionWithin(findRegion(place)!, findRegion(region)!),
  isRegion: name => findRegion(name) !== undefined,
}

const folder = new URL('expressions/', import.meta.url)
const files = readdirSync(folder).map(name => ({
  name,
  cases: readFileSync(new URL(name, folder), 'utf8')
    .split('\n')
    .filter(line => line.includes(' => ') && !line.startsWith('#'))
    .map(line => {
      const [written = '', said = ''] = line.split(' => ')
      const [, value = said, type] = /^(.*) : ([\p{L}()]+)$/u.exec(said) ?? []
      return { written, value, type }
    }),
}))

test('there are enough of them', () => {
  expect(files.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(900)
})

describe.each(files)('expressions in $name', ({ cases }) => {
  test.each(cases)('$written => $value', ({ written, value, type }) => {
    const checked = checkExpression(pack, { blueprint, written, names })
    if (type === undefined) {
      expect(checked.diagnostics.map(({ code }) => code)).toContain(value)
      return
    }
    expect(checked.diagnostics.filter(found => severityOf(found) === 'error')).toEqual([])
    const code = checked.code!
    expect(printType(code.type)).toBe(type)
    const found = encodeValue(compileCode(code, () => null)(facts))
    expect(found).toEqual(jsonOf(value))
    expect(encodeValue(generateCode(code, () => null, makeFunction)(facts))).toEqual(found)
    expect(sameSeen(wholeEnough(interpret(written, world), type), value)).toBe(true)
  })
})

const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d$/

/** A value as the data write it: numbers beyond whole ones, dates, times and durations are texts in JSON, moments instants. */
function jsonOf(value: string): unknown {
  if (value.startsWith('[')) return itemsOf(value).map(jsonOf)
  const wanted = parseDecimal(value)
  const isThat = (found: unknown) => {
    const read = parseDecimal(String(found))
    return read !== undefined && compareDecimal(read, wanted!) === 0
  }
  if (wanted) return expect.toSatisfy(isThat)
  if (moment.test(value)) return epochOf(value)
  return /^["tfn]/.test(value) ? JSON.parse(value) : value
}

/** The items between the brackets, lists among them whole. */
function itemsOf(value: string): string[] {
  const items: string[] = []
  let [depth, start] = [0, 1]
  for (let at = 1; at < value.length; at++) {
    if (value[at] === '"') at = value.indexOf('"', at + 1)
    else if (value[at] === '[') depth++
    else if (value[at] === ']' && at < value.length - 1) depth--
    const isEnd = depth === 0 && (value.startsWith(', ', at) || at === value.length - 1)
    if (isEnd && at > start) items.push(value.slice(start, at))
    if (isEnd) start = at + 2
  }
  return items
}

/** A whole number beyond 2^53 would no longer be exact, so there is none. */
function wholeEnough(seen: Seen, type: string): Seen {
  const isNumber = seen !== null && typeof seen === 'object' && 't' in seen && seen.t === 'number'
  return type === 'int' && isNumber && !Number.isSafeInteger(Number(seen.n)) ? null : seen
}

/** Quotients and roots are kept to 34 digits, so the fraction may differ beyond. */
function sameSeen(seen: Seen, value: string): boolean {
  if (value === 'null') return seen === null
  if (value.startsWith('[')) {
    const items = itemsOf(value)
    return (
      Array.isArray(seen) &&
      seen.length === items.length &&
      items.every((item, at) => sameSeen((seen as Seen[])[at]!, item))
    )
  }
  if (typeof seen === 'boolean') return String(seen) === value
  if (seen === null || !('t' in seen)) return false
  if (seen.t === 'number') {
    const wanted = numberOf(value)
    if (wanted === null || typeof wanted !== 'object' || !('n' in wanted)) return false
    const gap = seen.n * wanted.d - wanted.n * seen.d
    const size = (seen.n < 0n ? -seen.n : seen.n) * wanted.d
    return (gap < 0n ? -gap : gap) * 10n ** 30n <= seen.d * wanted.d + size
  }
  return 's' in seen && (seen.t === 'text' ? JSON.stringify(seen.s) : seen.s) === value
}
