import { describe, expect, test } from 'vitest'
import { formFacts, formRecord } from '#core/form'
import { encodeValue, type RecordValue, type Value } from '#core/values'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  'p.axle': `pack t "t" version 1
setting 限: int default 7
setting 折: percent default 90%
entity 店 { 号: text key, 级: int default 3, 过: bool = 级 > 限 }
entity 行 { 名: text, 数量: int, 折: percent, 大: bool = 数量 > 限 }
form 单 for 店 {
  行: list(行), 限: int in 0..99
  多: int = count(行 where 数量 > 限)
  打折: int = count(行 where 折 < 100%)
}`,
})
const 行 = [
  { 名: 'a', 数量: 1, 折: '1' },
  { 名: 'b', 数量: 5 },
  { 名: 'c', 数量: 9, 折: '0.5' },
]
const filled = { form: '单', fields: { 行, 限: 4 }, subject: '一', customer: null }
const around = { records: {}, settings: { 限: 2 } }
const facts = formFacts(blueprint, filled, around)
const rowsOf = (of: Value) => of as readonly RecordValue[]

describe('the names an expression reads', () => {
  test('in the rows of a list are the row’s own, then the form’s, then the tenant’s settings', () => {
    expect(diagnostics).toEqual([])
    expect(facts.多).toBe(2)
    expect(facts.打折).toBe(1)
  })

  test('within a record are its own and the settings, and not those of the form it stands in', () => {
    expect(rowsOf(facts.行!).map(({ fields }) => fields.大)).toEqual([false, true, true])
    expect((facts.店 as RecordValue).fields).toMatchObject({ 级: 3, 过: true })
  })

  test('are worked out when they are first read, and once', () => {
    let read = 0
    const counted = {
      get 限() {
        read++
        return 4
      },
    }
    const names = formFacts(blueprint, { ...filled, fields: counted }, around)
    expect(read).toBe(0)
    expect([names.限, names.限]).toEqual([4, 4])
    expect(read).toBe(1)
  })

  test('are those of the blueprint and nothing that every object knows', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(facts[name] ?? null, name).toBeNull()
  })

  test('of a record without a key are what it says: no settings, and nothing only its own fields may read', () => {
    expect(encodeValue(rowsOf(facts.行!)[1]!)).toEqual({ 名: 'b', 数量: 5, 折: null, 大: true })
    expect(encodeValue(facts.店!)).toBe('一')
    expect(formRecord(blueprint, filled, around).fields.限).toBe(4)
  })

  test('of a set of records are those records, so that `has` finds one that another field names', () => {
    const { blueprint, diagnostics } = checkPack({
      'p.axle': `pack t "t" version 1
entity 件 { 号: text key, 价: money }
entity 障 { 码: text key, 用件: set(件) }
entity 用 { 件: 件, 数: int }
form 单 {
  障: 障, 用料: list(用)
  错件: int = count(用料.数 where not (障.用件 has 件))
}`,
    })
    expect(diagnostics).toEqual([])
    const fields = {
      ...{ 障: 'E' },
      用料: [
        { 件: 'P', 数: 1 },
        { 件: 'Q', 数: 2 },
      ],
    }
    const records = { 障: { E: { 码: 'E', 用件: ['P'] } }, 件: { P: { 号: 'P' }, Q: { 号: 'Q' } } }
    const facts = formFacts(
      blueprint,
      { form: '单', fields, subject: null, customer: null },
      { records, settings: {} },
    )
    expect(facts.错件).toBe(1)
  })
})
