// The small pack with a table of prices and a test of one row, for tests of upgrades.
import { shop } from './shop-pack.ts'

export interface Prices {
  readonly 低: string
  readonly 中: string
  readonly 高: string
}

export const prices: Prices = { 低: '¥10', 中: '¥20', 高: '¥30' }

/** A release of the pack; with `asksMore` its action calls a host. */
export function priced(
  version: number,
  { asksMore = false, ...changed }: Partial<Prices> & { readonly asksMore?: boolean } = {},
): Record<string, string> {
  const { 低, 中, 高 } = { ...prices, ...changed }
  const texts = shop(version, { asksMore })
  const table = `enum 级 { 低, 中, 高 }
open table 收费 {
  | 级 || 费: money |
  |----||-----------|
  ${rowOf('低', 低)}
  ${rowOf('中', 中)}
  ${rowOf('高', 高)}
}
test 收费 {
  | 级 || 费 |
  |----||----|
  | 高 || ${高} |
}
`
  return { ...texts, 'shop.axle': texts['shop.axle']! + table }
}

/** A row of the table as it is written. */
export const rowOf = (level: keyof Prices, price: string) => `| ${level} || ${price} |`
