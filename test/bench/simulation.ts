import { simulate } from '#core/simulate'
import type { Traffic } from '#core/wire'
import { blueprintOf, trafficOf } from '../support/packs.ts'
import '../../runtime/generation.ts'
import type { Figure } from './measure.ts'

const FOLDER = 'plugins/manufacturing'
const DAYS = 30
const SIZES = [1_000, 10_000, 100_000]

/**
 * A month of so many tickets of the manufacturing pack, by its own traffic with as many people and parts as they need: CPU
 * time of the process. The ratio is how the cost of a ticket grew since the size before: 1 is linear.
 */
export function simulation(): Figure[] {
  const blueprint = blueprintOf(FOLDER)
  const traffic = trafficOf(FOLDER)
  const usual = openedOf(simulate({ blueprint, traffic, days: DAYS, seed: 1 }))
  let before: number | undefined
  return SIZES.map((tickets): Figure => {
    const grown = times(traffic, tickets / usual)
    const [begun, cpu] = [performance.now(), process.cpuUsage()]
    const report = simulate({ blueprint, traffic: grown, days: DAYS, seed: 1 })
    const { user, system } = process.cpuUsage(cpu)
    const [ms, wall] = [(user + system) / 1000, performance.now() - begun]
    const opened = openedOf(report)
    if (Math.abs(opened / tickets - 1) > 0.1) throw new Error(`${opened} tickets instead of ${tickets}`)
    const perTicket = ms / opened
    const ratio = before === undefined ? 1 : perTicket / before
    before = perTicket
    return {
      name: `a month of ${opened}: ${Math.round(ms)} ms CPU, ${Math.round(wall)} ms wall`,
      perSecond: 1000 / ms,
      ratio,
    }
  })
}

const openedOf = (report: ReturnType<typeof simulate>) =>
  report.tickets.reduce((sum, { opened }) => sum + opened, 0)

/** The same traffic with so many times the tickets, people and parts. */
function times(traffic: Traffic, factor: number): Traffic {
  const more = (count: number) => Math.ceil(count * factor)
  const streams = Object.entries(traffic.streams ?? {}).map(
    ([name, stream]) => [name, { ...stream, perDay: stream.perDay * factor }] as const,
  )
  return {
    ...traffic,
    streams: Object.fromEntries(streams),
    customers: { count: more(traffic.customers?.count ?? 500) },
    staff: (traffic.staff ?? []).map(crew => ({ ...crew, count: more(crew.count) })),
    stock: (traffic.stock ?? []).map(({ deliveries, ...shelf }) => ({
      ...{ ...shelf, onHand: more(shelf.onHand) },
      ...(deliveries && { deliveries: { ...deliveries, count: more(deliveries.count) } }),
    })),
  }
}
