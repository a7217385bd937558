import type { Blueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { readRecord, settingFacts, type Surroundings } from '#core/form'
import { localDate, type Value } from '#core/values'

/** What is known of a customer: kinds of open tickets, and the instants (epoch ms) of their last events by `实体.事件`. */
export interface CustomerHistory {
  readonly open: ReadonlySet<string>
  readonly last: Readonly<Record<string, number>>
}

/** Whom a condition is about, and when. */
export interface AboutCustomer {
  readonly customer: string
  /** The record under whose entity's name a condition may read it. */
  readonly subject: { readonly entity: string; readonly key: string } | null
  readonly history: CustomerHistory
  readonly at: number
  readonly zone: string
}

/** The facts that conditions of segments, limits and SOPs read. */
export function customerFacts(
  blueprint: Blueprint,
  around: Surroundings,
  { customer, subject, history, at, zone }: AboutCustomer,
): Facts {
  const known = { ...around, last: { [customer]: history.last } }
  const facts: Record<string, Value> = {
    ...settingFacts(blueprint, around),
    customer: readRecord(blueprint, known, { entity: 'customer', key: customer }),
    today: localDate(at, zone),
    '(now)': at,
    '(zone)': zone,
  }
  if (subject) facts[subject.entity] = readRecord(blueprint, known, subject)
  for (const kind of Object.keys(blueprint.tickets)) facts[`open(${kind})`] = history.open.has(kind)
  for (const [event, instant] of Object.entries(history.last)) facts[`last(${event})`] = instant
  return facts
}
