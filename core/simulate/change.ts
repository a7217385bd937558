import type { Blueprint, ClockBlueprint } from '#core/blueprint'
import { durationOf, findRegion, multiplyDuration, parseDuration, printDuration } from '#core/values'
import type { Traffic } from '#core/wire'
import { wholeTraffic, type Shelf } from './traffic.ts'

/** A change that may be tried: of what is given, or of the pack. */
export type Change =
  | {
      readonly change: 'stock'
      readonly entity: string
      readonly item: string
      readonly name: string
      readonly region: string | null
      /** Of what lies there at first and of every delivery. */
      readonly percent: number
    }
  /** Of the role's crews (from 0, as the traffic lists them) one grows. */
  | { readonly change: 'staff'; readonly role: string; readonly crew: number; readonly more: number }
  | {
      readonly change: 'span'
      readonly ticket: string
      readonly node: string
      readonly clock: string
      readonly from: string
      readonly to: string
    }

/** A pack with its traffic. */
export interface Setting {
  readonly blueprint: Blueprint
  readonly traffic: Traffic
}

/** The same with a change made. */
export function withChange({ blueprint, traffic }: Setting, change: Change): Setting {
  switch (change.change) {
    case 'stock':
      return {
        blueprint,
        traffic: { ...traffic, stock: (traffic.stock ?? []).map(shelf => stocked(shelf, change)) },
      }
    case 'staff': {
      let index = 0
      const staff = wholeTraffic(blueprint, traffic).staff.map(crew => {
        const isMeant = crew.role === change.role && index++ === change.crew
        return isMeant ? { ...crew, count: crew.count + change.more } : crew
      })
      return { blueprint, traffic: { ...traffic, staff } }
    }
    case 'span':
      return { blueprint: withSpan(blueprint, change), traffic }
  }
}

function stocked(shelf: Shelf, change: Change & { change: 'stock' }): Shelf {
  const region = shelf.region === undefined ? null : findRegion(shelf.region)
  const isMeant =
    shelf.entity === change.entity &&
    shelf.item === change.item &&
    region === (change.region === null ? null : findRegion(change.region))
  if (!isMeant) return shelf
  const more = (count: number) => Math.ceil((count * (100 + change.percent)) / 100)
  const { deliveries } = shelf
  return {
    ...shelf,
    onHand: more(shelf.onHand),
    ...(deliveries && { deliveries: { ...deliveries, count: more(deliveries.count) } }),
  }
}

function withSpan(
  blueprint: Blueprint,
  { ticket: kind, node, clock, to }: Change & { change: 'span' },
): Blueprint {
  const ticket = blueprint.tickets[kind]!
  const changed = (clocks: readonly ClockBlueprint[]) =>
    clocks.map(each =>
      each.name === clock && each.span.duration.op === 'const'
        ? { ...each, span: { ...each.span, duration: { ...each.span.duration, value: to } } }
        : each,
    )
  const own = ticket.nodes[node]!
  const isOfNode = own.clocks.some(({ name }) => name === clock)
  const whole = isOfNode
    ? { ...ticket, nodes: { ...ticket.nodes, [node]: { ...own, clocks: changed(own.clocks) } } }
    : { ...ticket, clocks: changed(ticket.clocks) }
  return { ...blueprint, tickets: { ...blueprint.tickets, [kind]: whole } }
}

/** The length that a clock has as written; undefined where it is worked out, or when there is no such clock. */
export function spanWritten(
  { tickets }: Blueprint,
  { ticket, node, clock }: { readonly ticket: string; readonly node: string; readonly clock: string },
): string | undefined {
  const kind = tickets[ticket]!
  const declared = [...kind.nodes[node]!.clocks, ...kind.clocks].find(({ name }) => name === clock)
  const duration = declared?.span.duration
  return duration?.op === 'const' ? String(duration.value) : undefined
}

const DAY_MS = 86_400_000

/** A length so many percent as long, as text; of days and hours together a day is 24 hours. Undefined where only a date could tell. */
export function stretched(span: string, percent: number): string | undefined {
  const duration = parseDuration(span)
  if (!duration) return undefined
  const whole = percent % 100 === 0 ? multiplyDuration(duration, percent / 100) : undefined
  const { months, days, ms } = duration
  const found = whole ?? (months > 0 ? undefined : durationOf(((days * DAY_MS + ms) * percent) / 100))
  return found && printDuration(found)
}
