import { qualified, type Blueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { price, priceAmounts, type Priced, type Unpriced } from '#core/pricing'
import { settle } from '#core/settlement'
import { spanInstant } from '#core/sla'
import { addDecimal, decimalOf, parseDecimal, printDecimal, type RecordValue } from '#core/values'
import { factsOf, happen, ticketOf, type Draft } from './draft.ts'
import type { PriceStage } from './state.ts'

/** Works out every price of the ticket's form; one that lacks a value is left out of an estimate and told of at the end. */
export function priceTicket(draft: Draft, stage: PriceStage): Priced[] {
  const names = pricesOf(draft.blueprint, ticketOf(draft).form)
  if (names.length === 0) return []
  // Why once: what one price works out of the form, such as its records, the others read as it is.
  const facts = factsOf(draft)
  return names.flatMap(name => {
    const priced = draft.isTerse ? plainPrice(draft, name, facts) : price(draft.blueprint, name, facts)
    if ('missing' in priced) {
      if (stage === 'final') reportMissing(draft, name, priced.missing)
      return []
    }
    const { total, lines } = priced
    happen(draft, { kind: 'priced', price: name, stage, total, lines })
    return [priced]
  })
}

const pricedForms = new WeakMap<Blueprint['prices'], Map<string, readonly string[]>>()

/** The prices of a form. */
function pricesOf({ prices }: Blueprint, form: string): readonly string[] {
  let forms = pricedForms.get(prices)
  if (!forms) pricedForms.set(prices, (forms = new Map()))
  let names = forms.get(form)
  if (!names) forms.set(form, (names = Object.keys(prices).filter(name => prices[name]!.form === form)))
  return names
}

/** The same amounts without the steps that made them. */
function plainPrice({ blueprint }: Draft, name: string, facts: Facts): Priced | Unpriced {
  const found = priceAmounts(blueprint, name, facts)
  if ('missing' in found) return found
  const lines = found.lines.map(({ line, amount }) => ({
    ...{ line, label: line, row: null, amount: printDecimal(amount), steps: [] },
  }))
  return { price: name, total: printDecimal(found.total), lines }
}

/** Settles what the outcome asks for, from the final prices. */
export function settleTicket(draft: Draft, outcome: string, priced: readonly Priced[]): void {
  const occasion = qualified(draft.state!.kind, outcome)
  const { settlements } = draft.blueprint
  let facts: Facts | undefined
  for (const name in settlements) {
    const { on, hold } = settlements[name]!
    if (on !== occasion) continue
    facts ??= withPrices(draft, priced)
    const settled = settle(draft.blueprint, name, facts)
    if (!settled) {
      draft.effects.push({ effect: 'notify-admin', reason: `unsettled ${name}`, node: outcome })
      continue
    }
    const { base, shares } = settled
    const held =
      hold && spanInstant(draft.blueprint, { span: hold, facts, frame: draft.facts }, whole(draft.at))
    const payableAt = held ? ('at' in held ? held.at : null) : draft.at
    const { currency } = draft.blueprint.pack
    happen(draft, { kind: 'settled', settlement: name, base, currency, payableAt, shares })
  }
}

const whole = (from: number) => ({ from, thousandths: 1000 })

function reportMissing(draft: Draft, name: string, { line, step }: { line: string; step: string }): void {
  happen(draft, { kind: 'unpriced', price: name, line, step })
  draft.effects.push({ effect: 'notify-admin', reason: `unpriced ${name}`, node: line })
}

/** The ticket's names and each price as a record of its lines and total; the rows of a list add up by line. */
function withPrices(draft: Draft, priced: readonly Priced[]): Facts {
  const facts = Object.create(factsOf(draft)) as Record<string, Facts[string]>
  for (const { price: name, total, lines } of priced) {
    const { total: totalName, lines: declared } = draft.blueprint.prices[name]!
    const fields: Record<string, Facts[string]> = { [totalName]: parseDecimal(total)! }
    for (const { name: line } of declared) fields[line] = sumOf(lines.filter(found => found.line === line))
    const record: RecordValue = { entity: name, key: null, fields }
    Object.defineProperty(facts, name, { value: record })
  }
  return facts
}

function sumOf(lines: readonly { readonly amount: string }[]) {
  return lines.reduce((sum, { amount }) => addDecimal(sum, parseDecimal(amount)!), decimalOf(0, 2))
}
