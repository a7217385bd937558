import { randomUUID } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { once, type Once } from '../store/once.ts'
import { customerOf } from './customer-of.ts'
import { advance, sopTriggers, tryEnrol, type Place } from './enrol.ts'
import { lockCustomer } from './gate-sends.ts'
import { Problem } from './problem.ts'
import { deskOf } from './run-command.ts'

export interface Report {
  readonly entity: string
  readonly key: string
  readonly event: string
  /** When it happened, for what is reported late; SOPs begin by it only when it is news. */
  readonly at?: number
}

/** What is reported later than this is history: it counts for conditions, but begins and ends nothing. */
const NEWS_MS = 24 * 3_600_000

/** A connector or a person says what happened to a record: SOPs begin, go on, or reach their goal. Throws Problem. */
export function reportEvent(
  deps: Deps,
  { tenant, idempotency }: { tenant: string; idempotency?: Once | undefined },
  report: Report,
): Promise<{ customer: string; enrolments: readonly string[] }> {
  return deps.store.inTenant(tenant, tx =>
    once(tx, { tenant, at: deps.now(), request: idempotency }, async () => {
      const desk = await deskOf(tx)
      const { entity, key, event } = report
      const knowing = desk.running.filter(pack => pack.blueprint.entities[entity]?.events.includes(event))
      if (knowing.length === 0)
        throw new Problem('unknown-event', 404, { params: { name: `${entity}.${event}` } })
      let customer: string | undefined
      // Why each: packs that share a record may name its customer in fields of their own.
      for (const { blueprint } of knowing) customer ??= await customerOf(tx, blueprint, { entity, key })
      if (customer === undefined) throw new Problem('no-customer', 422, { params: { name: key } })
      const at = deps.now() + desk.clockOffsetMs
      await lockCustomer(tx, customer)
      const enrolments = await customerEvent(tx, { deps, tenant, desk, customer, at }, report)
      return { customer, enrolments }
    }),
  )
}

/** Keeps the event and lets every SOP answer it; the caller holds the customer's lock. Yields the new enrolments. */
export async function customerEvent(tx: Tx, place: Place, report: Report): Promise<string[]> {
  const { entity, key, event, at: happenedAt } = report
  const { tenant, customer, desk } = place
  const at = Math.min(happenedAt ?? place.at, place.at)
  await tx.query(
    `insert into entity_event (tenant, id, entity, event, key, customer_id, at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, randomUUID(), entity, event, key, customer, Math.ceil(at)],
  )
  if (place.at - at > NEWS_MS) return []
  const name = `${entity}.${event}`
  const running = await tx.query<{ id: string }>(
    `select id from enrolment where customer_id = $1 and status in ('running', 'watching') order by started_at, id`,
    [customer],
  )
  for (const { id } of running) await advance(tx, place, { id, command: { command: 'event', event: name } })
  const subject = entity === 'customer' ? null : { entity, key }
  const begun: string[] = []
  const tried = new Set<string>()
  for (const entry of sopTriggers(desk)) {
    if (entry.trigger.on !== 'event' || entry.trigger.subject !== name || tried.has(entry.sop)) continue
    tried.add(entry.sop)
    const id = await tryEnrol(tx, place, { ...entry, subject })
    if (id !== undefined) begun.push(id)
  }
  return begun
}
