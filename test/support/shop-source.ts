import type { Api } from './service.ts'

/** A source of orders that a desk adds to its pack. */
export const SHOP_SOURCE = `entity 购物 "购物" { 号: text key, 买家: customer, 金额: money, 状态: text, 件数: int; event 付款, 退款 }
source 商城 "商城" from webhook {
  secret SHOP_TOKEN
  on "order.paid" -> 购物.付款 { 号: no, 买家: buyer, 金额: total, 状态: state }
  on "order.back" -> 购物.退款 { 号: no, 状态: state, 件数: count }
}
`

/** Publishes the desk's text with the source. */
export async function publishShopSource(admin: Api): Promise<void> {
  const { files, revision } = (await admin('GET', '/api/source')).body
  const whole = { files: { ...files, 'shop.axle': SHOP_SOURCE } }
  const saved = await admin('PUT', '/api/source', whole, { 'if-match': `"${revision}"` })
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body))
  const asked = { 'if-match': `"${revision + 1}"` }
  const published = await admin('POST', '/api/source/publish', undefined, asked)
  if (published.status !== 200) throw new Error(JSON.stringify(published.body))
}
