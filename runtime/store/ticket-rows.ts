import type { TicketEvent, TicketState } from '#core/desk'
import type { Tx } from './transaction.ts'

export interface TicketRow {
  readonly state: TicketState
  readonly number: number
  readonly blueprintHash: string
}

/** A ticket's snapshot, its row locked until the transaction ends; undefined when this tenant has none of that id. */
export async function lockTicket(tx: Tx, id: string): Promise<TicketRow | undefined> {
  return readTicket(tx, id, 'for update')
}

export async function findTicket(tx: Tx, id: string): Promise<TicketRow | undefined> {
  return readTicket(tx, id, '')
}

async function readTicket(tx: Tx, id: string, lock: '' | 'for update'): Promise<TicketRow | undefined> {
  const [row] = await tx.query<{ state: TicketState; number: number; blueprint_hash: string }>(
    `select state, number, blueprint_hash from ticket where id = $1 ${lock}`,
    [id],
  )
  return row && { state: row.state, number: row.number, blueprintHash: row.blueprint_hash }
}

/** A ticket's history in order. */
export async function ticketEvents(tx: Tx, id: string): Promise<TicketEvent[]> {
  const rows = await tx.query<{
    seq: number
    at: number
    actor: TicketEvent['actor']
    kind: string
    data: object
    trace: unknown
  }>('select seq, at, actor, kind, data, trace from ticket_event where ticket_id = $1 order by seq', [id])
  return rows.map(({ seq, at, actor, kind, data, trace }) => ({
    ...{ seq, at, actor },
    happened: { kind, ...data } as TicketEvent['happened'],
    ...(trace !== null && { trace }),
  }))
}

/** The next number of a counter of this tenant, from 1. */
export async function nextNumber(tx: Tx, tenant: string, name: string): Promise<number> {
  const [row] = await tx.query<{ value: number }>(
    `insert into counter (tenant, name, value) values ($1, $2, 1)
     on conflict (tenant, name) do update set value = counter.value + 1 returning value`,
    [tenant, name],
  )
  return Number(row!.value)
}
