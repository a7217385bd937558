import type { Blueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { addDecimal, decimalOf, type Decimal } from '#core/values'
import { amountOf, silently } from './amount.ts'
import { casesOf, planOf } from './plan.ts'
import type { Unpriced } from './price.ts'

/** What a price comes to, and each line that stands for something here; the rows of a list add up to one line. */
export interface Amounts {
  readonly total: Decimal
  readonly lines: readonly { readonly line: string; readonly amount: Decimal }[]
}

/** The amounts that `price` yields, without what explains them: many times faster. */
export function priceAmounts(blueprint: Blueprint, name: string, facts: Facts): Amounts | Unpriced {
  const lines: { line: string; amount: Decimal }[] = []
  let total = decimalOf(0, 2)
  for (const line of planOf(blueprint, name).lines) {
    const teller = silently()
    let sum: Decimal | undefined
    for (const { names } of casesOf(line, facts)) {
      const amount = amountOf(line, names, teller)
      if ('missing' in amount) return { missing: { line: line.declared.name, step: amount.missing.text } }
      sum = sum ? addDecimal(sum, amount) : amount
    }
    if (!sum) continue
    lines.push({ line: line.declared.name, amount: sum })
    total = addDecimal(total, sum)
  }
  return { total, lines }
}
