import type { Blueprint } from '#core/blueprint'
import type { TicketEvent } from '#core/desk'
import type { PriceReply } from '#core/wire'

/** Each price of a ticket as its history worked it out last, since it is under this version. */
export function pricesOf(blueprint: Blueprint, events: readonly TicketEvent[]): PriceReply[] {
  const latest = new Map<string, PriceReply>()
  for (const { happened } of events) {
    if (happened.kind === 'migrated') latest.clear()
    if (happened.kind !== 'priced') continue
    const { price, stage, total, lines } = happened
    const label = blueprint.prices[price]?.label ?? price
    latest.set(price, {
      ...{ price, label, stage, total, currency: blueprint.pack.currency },
      lines: lines.map(({ line, label: lineLabel, row, amount, steps }) => ({
        ...{ line, label: lineLabel, row, amount },
        steps: steps.map(({ kind, text, applied, amount: after }) => ({
          kind,
          text,
          applied,
          amount: after,
        })),
      })),
    })
  }
  return [...latest.values()]
}

/** What a customer sees of it: amounts, not how they are calculated. */
export function withoutSteps(price: PriceReply): PriceReply {
  return { ...price, lines: price.lines.map(line => ({ ...line, steps: [] })) }
}
