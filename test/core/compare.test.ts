import { describe, expect, test } from 'vitest'
import { evaluate } from '#core/table'
import type { Type, Value } from '#core/values'
import { checkExpression, checkPack } from '#dsl'

const texts = {
  't.axle': `pack t "t" version 1
enum 等级 ordered { 普通, 银卡, 金卡, 钻石 }
enum 原因 { 质量, 物流 }`,
}
const { blueprint } = checkPack(texts)
const names = new Map<string, Type>([
  ['级', { kind: 'enum', name: '等级' }],
  ['因', { kind: 'enum', name: '原因' }],
  ['地', { kind: 'region' }],
])
const check = (written: string) => checkExpression(texts, { blueprint, written, names })
const value = (written: string, facts: Readonly<Record<string, Value>>) =>
  evaluate(blueprint, check(written).code!, facts)

describe('comparisons', () => {
  test.each([
    ['级 < 金卡', true],
    ['级 >= 银卡', true],
    ['级 > 银卡', false],
    ['级 in 银卡..金卡', true],
    ['级 in 金卡..钻石', false],
    ['级 in [普通, 银卡]', true],
  ])('of an ordered enum go by its declaration: %s', (written, wanted) => {
    expect(value(written, { 级: '银卡' })).toBe(wanted)
    expect(value(written, { 级: null })).toBe(false)
  })

  test('of an enum without an order are refused, but for equality', () => {
    expect(check('因 < 物流').diagnostics.map(({ code }) => code)).toEqual(['AX4003'])
    expect(check('因 in 质量..物流').diagnostics.map(({ code }) => code)).toEqual(['AX4003'])
    expect(value('因 = 质量', { 因: '质量' })).toBe(true)
  })

  test.each([
    ['地 = 华东', true],
    ['地 = 上海', true],
    ['地 = 北京', false],
    ['地 != 北京', true],
    ['地 != 华东', false],
    ['地 in [北京, 华东]', true],
    ['地 in [北京, 河南]', false],
  ])('of a place with a region ask whether it lies inside: %s', (written, wanted) => {
    expect(value(written, { 地: '310101' })).toBe(wanted)
    expect(value(written, { 地: null })).toBe(false)
  })
})
