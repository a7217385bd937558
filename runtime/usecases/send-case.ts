import type { Message, SendCase, Sent } from '#core/limit'
import { loadCustomerNames } from '../store/load-customer.ts'
import type { Tx } from '../store/index.ts'
import type { DeskRow } from '../store/load-desk.ts'

/** The farthest a cap looks back: a month and a day. */
const HISTORY_MS = 32 * 24 * 3_600_000

/** A message (by its id in the outbox) to a customer, to be judged at an instant of the desk. */
export interface SendAsked {
  readonly desk: DeskRow
  readonly customer: string
  readonly message: Message
  readonly id: string
  readonly at: number
}

/**
 * All that the gate reads about a message, by the desk's newest version. INVARIANT: a reservation counts until it is
 * settled, however long its task stays open.
 */
export async function loadSendCase(
  tx: Tx,
  { desk, customer, message, id, at }: SendAsked,
): Promise<SendCase> {
  const { blueprint } = desk.newest!
  const fresh = await loadCustomerNames(tx, { blueprint, desk, customer, subject: null, at })
  const history = await tx.query<Sent>(
    `select purpose, channel, at as "from", case state when 'reserved' then greatest(upto, $4) else upto end as "to"
     from send_ledger where customer_id = $1 and id <> $3 and at <= $4
       and (state = 'reserved' or (state = 'counted' and upto > $2))`,
    [customer, at - HISTORY_MS, id, Math.ceil(at)],
  )
  return { world: { blueprint, fresh, form: null, zone: blueprint.pack.zone }, message, history, at }
}
