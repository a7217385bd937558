import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ASSUMED_ROWS, costOf } from '#core/expression'
import { checkPack } from '#dsl'
import { hover } from '#dsl/service'

const text = readFileSync('examples/07-aftersale/aftersale.axle', 'utf8')
const { blueprint } = checkPack({ 'a.axle': text })
const fields = blueprint.forms['退款单']!.fields
const cost = (name: string) => costOf(blueprint, fields[name]!.computed!, field => fields[field]?.computed)

describe('the bound on what an expression costs', () => {
  test('grows with what it reads, computed fields and tables included', () => {
    expect(cost('手续费')).toBeGreaterThan(10)
    expect(cost('实退')).toBeGreaterThan(cost('手续费'))
  })

  test('counts a list by its rows', () => {
    const folded = blueprint.entities['订单']!.fields['可退']!.computed!
    expect(costOf(blueprint, folded)).toBeGreaterThan(ASSUMED_ROWS)
  })

  test('is finite for fields that read each other, which the form’s order does not forbid', () => {
    const name = { op: 'name', type: { kind: 'int' }, name: 'a' } as const
    expect(costOf(blueprint, name, () => name)).toBeLessThan(100)
  })

  test('stands on hover', () => {
    const shown = hover({ 'a.axle': text }, { file: 'a.axle', offset: text.indexOf('实退     : money') })
    expect(shown?.facts.some(fact => /^最多 \d+ 步算完$/.test(fact))).toBe(true)
  })
})
