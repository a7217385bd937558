import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from '#core/values'
import { keepLatest, readMessage, sampleData, writtenAt, type Kept } from '#core/source'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  'a.axle': `pack t "t" version 1
enum 渠道 { 线上 "网店", 门店 "门店" }
entity 订单 {
  号: text key, 买家: customer, 实付: money, 件数: int, 折: percent, 付于: datetime, 日: date, 渠道: 渠道, 急: bool
  标签: set(text), 重: decimal
  event 下单, 退单
}
source 商城 from webhook {
  secret SHOP
  on "order.paid" -> 订单.下单 {
    号: order.no, 买家: order.buyer.id, 实付: total, 件数: count, 折: discount, 付于: paid_at, 日: day, 渠道: channel, 急: urgent, 标签: tags, 重: weight
  }
  on "order.back" -> 订单.退单 { 号: no, 渠道: 门店 }
}`,
})
const source = blueprint.sources.商城!
const read = (data: JsonValue, type = 'order.paid') => readMessage(blueprint, source, { type, at: 0, data })
const with_ = (more: Record<string, JsonValue>) => read({ order: { no: 'A1' }, ...more })

describe('a message of another system', () => {
  test('has an example that its mapping reads, with every field it looks for', () => {
    for (const mapping of source.mappings) {
      const data = sampleData(blueprint, mapping)
      const { fields } = readMessage(blueprint, source, { type: mapping.says, at: 0, data }) as {
        fields: object
      }
      expect(Object.keys(fields)).toEqual(Object.keys(mapping.fields))
    }
    expect(sampleData(blueprint, source.mappings[0]!)).toMatchObject({
      order: { no: 'sample', buyer: { id: 'sample' } },
      ...{ total: '9.90', channel: '线上', tags: ['sample'] },
    })
  })

  test('is what its mapping makes of it; what it does not say is left as it is known', () => {
    expect(diagnostics).toEqual([])
    expect(with_({ total: '12.50' })).toEqual({
      ...{ entity: '订单', key: 'A1', event: '下单' },
      fields: { 号: 'A1', 实付: '12.50' },
    })
    expect(read({ no: 7 }, 'order.back')).toEqual({
      ...{ entity: '订单', key: '7', event: '退单' },
      fields: { 号: '7', 渠道: '门店' },
    })
  })

  test.each([
    ['an amount as a number', 'total', 12.5, '实付', '12.5'],
    ['an amount of minor units', 'total', { fen: 1250, currency: 'CNY' }, '实付', '12.50'],
    ['a count as text', 'count', '3', '件数', 3],
    ['a share', 'discount', 0.85, '折', '0.85'],
    ['a moment in any zone', 'paid_at', '2026-03-02T09:00:00+08:00', '付于', Date.UTC(2026, 2, 2, 1)],
    ['the day of a moment', 'day', '2026-03-02T23:00:00+08:00', '日', '2026-03-02'],
    ['a value by its name', 'channel', '线上', '渠道', '线上'],
    ['a value by its label', 'channel', '网店', '渠道', '线上'],
    ['yes', 'urgent', true, '急', true],
    ['several', 'tags', ['甲', '乙'], '标签', ['甲', '乙']],
    ['nothing, which takes away', 'total', null, '实付', null],
  ])('takes %s', (_, name, json, field, value) => {
    expect(with_({ [name]: json })).toMatchObject({ fields: { [field]: value } })
  })

  test.each([
    ['an amount of half a cent', 'total', '12.505', '实付'],
    ['an amount of another currency', 'total', { fen: 1250, currency: 'USD' }, '实付'],
    ['an amount that JSON writes with an exponent', 'total', 1e22, '实付'],
    ['words for a count', 'count', 'three', '件数'],
    ['a moment of nowhere', 'paid_at', '2026-03-02T09:00:00', '付于'],
    ['a day there is not', 'day', '2026-02-30', '日'],
    ['a value there is not', 'channel', '电话', '渠道'],
    ['a word for yes', 'urgent', 'true', '急'],
    ['one for several', 'tags', '甲', '标签'],
    ['an object for a text', 'order', { no: { no: 1 } }, '号'],
  ])('does not take %s, and says of which field', (_, name, json, field) => {
    expect(with_({ [name]: json })).toMatchObject({ code: 'fields', fields: [{ field, problem: 'type' }] })
  })

  test('that names no record, or is mapped to nothing, says so', () => {
    expect(read({ total: 1 })).toMatchObject({
      code: 'fields',
      fields: [{ field: '号', problem: 'required' }],
    })
    expect(read({}, 'order.lost')).toEqual({ code: 'unmapped', type: 'order.lost' })
    expect(read({ order: { no: 'A1' } }, '__proto__')).toMatchObject({ code: 'unmapped' })
  })
})

describe('messages late, twice and out of order', () => {
  const aMessage = fc.record({
    fields: fc.dictionary(fc.constantFrom('甲', '乙', '丙'), fc.integer({ min: 0, max: 9 })),
    at: fc.integer({ min: 0, max: 5 }),
  })
  const after = (messages: readonly (readonly [Record<string, JsonValue>, number, string])[], start: Kept) =>
    messages.reduce((kept, [fields, at, id]) => keepLatest(kept, fields, [at, id]), start)

  test('come to what they come to in their order', () => {
    fc.assert(
      fc.property(
        fc.array(aMessage, { maxLength: 8 }),
        fc.integer(),
        fc.nat(5),
        (sent, seed, writtenBefore) => {
          const messages = sent.map(({ fields, at }, index) => [fields, at, `m${index}`] as const)
          const order = messages.toSorted((a, b) => a[1] - b[1] || (a[2] < b[2] ? -1 : 1))
          const mixed = [...messages, ...messages]
            .map((message, index) => ({ message, rank: Math.sin(seed + index) }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ message }) => message)
          for (const start of [
            { data: {}, stamps: {} },
            { data: { 甲: 10 }, stamps: writtenAt(writtenBefore) },
          ])
            expect(after(mixed, start)).toEqual(after(order, start))
        },
      ),
    )
  })
})
