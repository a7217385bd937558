import type { Facts } from '#core/expression'
import type { FieldValues } from '#core/form'
import { customerFacts, type AboutCustomer } from '#core/limit'
import { asPackReads } from '#core/together'
import { packOf } from './desk-packs.ts'
import { followReferences, type Reader } from './load-facts.ts'
import type { Tx } from './transaction.ts'

/** Facts about one customer at an instant, for limits and SOPs. */
export async function loadCustomerFacts(tx: Tx, ask: AskOne): Promise<Facts> {
  return (await loadCustomerNames(tx, ask))()
}

/** The same, to be read anew as often as one likes. */
export async function loadCustomerNames(
  tx: Tx,
  { blueprint, desk, customer, subject, at }: AskOne,
): Promise<() => Facts> {
  const wanted = [
    ['customer', customer] as const,
    ...(subject ? [[subject.entity, subject.key] as const] : []),
  ]
  const records = await followReferences(tx, { blueprint, desk }, wanted)
  const history = (await loadHistories(tx, [customer], at)).get(customer)!
  const about = { customer, subject, history, at, zone: blueprint.pack.zone }
  const { settings } = packOf(desk, blueprint)
  return () => customerFacts(blueprint, { records, settings }, about)
}

interface Ask extends Reader {
  readonly customer: string
  readonly at: number
}

interface AskOne extends Ask {
  readonly subject: AboutCustomer['subject']
}

/** How many customers one look at a segment takes. */
export const SEGMENT_BATCH = 500

/** The next customers by id with the facts a segment reads; references from a customer to other records are not followed. */
export async function loadCustomerBatch(
  tx: Tx,
  { blueprint, desk, after, at }: Omit<Ask, 'customer'> & { readonly after: string },
): Promise<{ readonly customer: string; readonly facts: Facts }[]> {
  const rows = await tx.query<{ id: string; name: string; data: FieldValues }>(
    `select id, name, data from customer where id > $1 order by id limit ${SEGMENT_BATCH}`,
    [after],
  )
  const ids = rows.map(({ id }) => id)
  const histories = await loadHistories(tx, ids, at)
  const { apart, settings } = packOf(desk, blueprint)
  const entries = rows.map(({ id, name, data }) => {
    const read = asPackReads({ blueprint, apart }, 'customer', data)
    return [id, { ...read, id, name }] as const
  })
  const around = { records: { customer: Object.fromEntries(entries) }, settings }
  return ids.map(customer => {
    const about = {
      customer,
      subject: null,
      history: histories.get(customer)!,
      at,
      zone: blueprint.pack.zone,
    }
    return { customer, facts: customerFacts(blueprint, around, about) }
  })
}

async function loadHistories(
  tx: Tx,
  ids: readonly string[],
  at: number,
): Promise<Map<string, { open: Set<string>; last: Record<string, number> }>> {
  const histories = new Map(
    ids.map(id => [id, { open: new Set<string>(), last: {} as Record<string, number> }]),
  )
  const open = await tx.query<{ customer: string; kind: string }>(
    `select distinct customer_id as customer, kind from ticket where status = 'open' and customer_id = any($1)`,
    [ids],
  )
  for (const { customer, kind } of open) histories.get(customer)!.open.add(kind)
  const last = await tx.query<{ customer: string; event: string; at: number }>(
    `select customer_id as customer, entity || '.' || event as event, max(at) as at from entity_event
     where customer_id = any($1) and at <= $2 group by 1, 2`,
    [ids, at],
  )
  for (const { customer, event, at: instant } of last) histories.get(customer)!.last[event] = Number(instant)
  return histories
}
