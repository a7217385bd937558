import type { Blueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import {
  readRecord,
  settingShape,
  shapeOf,
  type Shape,
  type Shared,
  type Surroundings,
  type Work,
} from '#core/form'
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
export function customerFacts(blueprint: Blueprint, around: Surroundings, about: AboutCustomer): Facts {
  const { customer, subject, history } = about
  const { records, settings, at, signals, tickets } = around
  const known: Surroundings = {
    records,
    settings,
    ...(at !== undefined && { at }),
    ...(signals && { signals }),
    ...(tickets && { tickets }),
    last: { [customer]: history.last },
  }
  const facts = shapeFor(blueprint).factsOf(about, { blueprint, around: known })
  const know = (name: string, value: Value) =>
    Object.defineProperty(facts, name, { enumerable: true, configurable: true, writable: true, value })
  // Why here: which record a condition may read differs from one question to the next.
  if (subject) know(subject.entity, readRecord(blueprint, known, subject))
  for (const event in history.last) know(`last(${event})`, history.last[event]!)
  return facts
}

const shapes = new WeakMap<Blueprint, Shape<AboutCustomer, Shared>>()

/** The names that conditions about customers have in common, each worked out when it is read. */
function shapeFor(blueprint: Blueprint): Shape<AboutCustomer, Shared> {
  let shape = shapes.get(blueprint)
  if (shape) return shape
  const works = new Map<string, Work<AboutCustomer, Shared>>([
    [
      'customer',
      ({ customer }, { around }) => readRecord(blueprint, around, { entity: 'customer', key: customer }),
    ],
    ['today', ({ at, zone }) => localDate(at, zone)],
    ['(now)', ({ at }) => at],
    ['(zone)', ({ zone }) => zone],
  ])
  for (const kind of Object.keys(blueprint.tickets))
    works.set(`open(${kind})`, ({ history: { open } }) => open.has(kind))
  shapes.set(blueprint, (shape = shapeOf(works, settingShape(blueprint))))
  return shape
}
