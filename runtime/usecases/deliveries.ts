import type { TicketEvent } from '#core/desk'
import type { Tx } from '../store/index.ts'

/** What became of a notice to a customer: the outbox's state with its reason; `nobody` when there was no customer to tell. */
export interface Delivery {
  readonly state: string
  readonly reason: string | null
}

interface Notice extends Delivery {
  readonly node: string
  readonly at: number
}

/** The notices to a ticket's customer as they stand now, oldest first. */
export function deliveriesOf(tx: Tx, ticket: string): Promise<Notice[]> {
  return tx.query<Notice>(
    `select body->>'node' as node, created_at as at, state, reason from outbox
     where ticket_id = $1 and kind = 'notify-customer' order by created_at, id`,
    [ticket],
  )
}

/** A history in which every notice to the customer says what became of it. */
export function withDeliveries(
  events: readonly TicketEvent[],
  notices: readonly Notice[],
): (TicketEvent & { readonly delivery?: Delivery })[] {
  const left = [...notices]
  return events.map(event => {
    const { happened } = event
    if (happened.kind !== 'customer-told') return event
    // A decision may come by the same node twice; its notices then stand in the same order.
    const index = left.findIndex(({ node, at }) => node === happened.node && at === event.at)
    const [notice] = index < 0 ? [] : left.splice(index, 1)
    const delivery = notice
      ? { state: notice.state, reason: notice.reason }
      : { state: 'nobody', reason: null }
    return { ...event, delivery }
  })
}
