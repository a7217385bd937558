import { expect, test } from 'vitest'
import { sendBounds } from '#core/limit'
import { checkPack } from '#dsl'

const packOf = (...triggers: readonly string[]) => `pack t "t" version 1
use channel wecom
entity 订单 { 号: text key, 客户: customer; event 下单 }
segment 新客 = 订单.下单 within 2d
segment 老客 = last(订单.下单) < today - 30d
sop 问候 {
  ${triggers.join('\n  ')}
  step 一 send wecom "好"
}
limit 触达 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | else    || -       | defer  |
}`
const perDay = (...triggers: readonly string[]) => {
  const { blueprint } = checkPack({ 'a.axle': packOf(...triggers) })
  return sendBounds(blueprint).find(({ per, purpose }) => per === 'day' && purpose === 'promo')?.asked
}

test('entries by one trigger keep their distance to each other, not to those by another', () => {
  expect(perDay('for 新客 once per 7d')).toBe(1)
  expect(perDay('for 新客', 'on 订单.下单 once per 7d')).toBe(2)
})

test('an SOP enrols a customer once when segments are looked through, whatever segments hold', () => {
  expect(perDay('for 新客', 'for 老客')).toBe(1)
})
