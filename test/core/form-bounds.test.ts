import { describe, expect, test } from 'vitest'
import { formFacts, settingProblem, validateForm, type FilledForm } from '#core/form'
import type { JsonValue } from '#core/values'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  'a.axle': `pack t "t" version 1
enum 级 ordered { 低, 中, 高 }
setting 最低级: 级 in 中..高 default 中
setting 起步: money in ¥1..¥5 default ¥1
form 单 { 级: 级 in 中..高, 时: duration in 2h..1d, 钱: money, 数: decimal in 1..5 }`,
})
const problemsOf = (filled: FilledForm) =>
  validateForm(blueprint, {
    filled,
    facts: formFacts(blueprint, filled, { records: {}, settings: {} }),
    demand: { completeness: 'whole', asked: [] },
  }).map(({ field, problem }) => `${field} ${problem}`)
const problems = (fields: Readonly<Record<string, JsonValue>>) =>
  problemsOf({ form: '单', fields, subject: null, customer: null })

describe('the bounds of a field', () => {
  test('go by the order of its enum, and by the length of a duration', () => {
    expect(diagnostics).toEqual([])
    expect(problems({ 级: '低', 时: '90m' })).toEqual(['级 below', '时 below'])
    expect(problems({ 级: '高', 时: '3h', 数: '4.99' })).toEqual([])
    expect(problems({ 时: '2d', 数: '5.01' })).toEqual(['时 above', '数 above'])
  })

  test('an amount that nobody can pay is none', () => {
    expect(problems({ 钱: '10.005' })).toEqual(['钱 type'])
    expect(problems({ 钱: '10.050' })).toEqual([])
  })
})

describe('a setting', () => {
  const fits = (name: string, value: JsonValue) =>
    settingProblem(blueprint, blueprint.settings[name]!, value)?.problem ?? 'fits'

  test('takes values of its type within its bounds', () => {
    expect(fits('最低级', '高')).toBe('fits')
    expect(fits('最低级', '低')).toBe('below')
    expect(fits('最低级', '最高')).toBe('type')
    expect(fits('起步', '5.00')).toBe('fits')
    expect(fits('起步', '5.01')).toBe('above')
    expect(fits('起步', '1.005')).toBe('type')
    expect(fits('起步', null)).toBe('required')
  })
})
