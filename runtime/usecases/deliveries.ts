import type { TicketEvent } from '#core/desk'
import type { DeliveryReply } from '#core/wire'
import { NO_ANSWER } from '../channels/wecom/index.ts'
import type { Tx } from '../store/index.ts'

/** What became of a message to a customer: the outbox's state with its reason; `nobody` when there was no customer to tell. */
export type Delivery = DeliveryReply

interface Notice {
  readonly id: string
  readonly state: string
  readonly reason: string | null
  readonly node: string
  readonly at: number
  /** Of an answer by staff: the number of its event. */
  readonly said: number | null
}

/** The messages to a ticket's customer as they stand now, oldest first. */
export function deliveriesOf(tx: Tx, ticket: string): Promise<Notice[]> {
  return tx.query<Notice>(
    `select id, body->>'node' as node, created_at as at, state, reason, (body->>'said')::int as said from outbox
     where ticket_id = $1 and kind = 'notify-customer' order by created_at, id`,
    [ticket],
  )
}

/** Whether a message surely did not arrive, so that it may be sent once more. */
export function isAgain(state: string, reason: string | null): boolean {
  if (state === 'held') return reason === 'no-channel' || reason === 'no-address'
  // Why the number: without an answer it may have arrived.
  return state === 'failed' && reason !== 'uncertain' && !(Number(reason) <= NO_ANSWER)
}

/** A history in which every message to the customer says what became of it. */
export function withDeliveries(
  events: readonly TicketEvent[],
  notices: readonly Notice[],
): (TicketEvent & { readonly delivery?: Delivery })[] {
  const left = [...notices]
  return events.map(event => {
    const { happened } = event
    if (happened.kind !== 'customer-told' && happened.kind !== 'replied') return event
    const isIts = ({ said, node, at }: Notice) =>
      happened.kind === 'replied'
        ? said === event.seq
        : said === null && node === happened.node && at === event.at
    // A decision may come by the same node twice; its notices then stand in the same order.
    const index = left.findIndex(isIts)
    const [notice] = index < 0 ? [] : left.splice(index, 1)
    if (!notice) return { ...event, delivery: { id: null, state: 'nobody', reason: null, again: false } }
    const { id, state, reason } = notice
    return { ...event, delivery: { id, state, reason, again: isAgain(state, reason) } }
  })
}
