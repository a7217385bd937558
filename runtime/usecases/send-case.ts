import { judgeSend, strictest, type Judgement, type Message, type SendCase, type Sent } from '#core/limit'
import { loadCustomerNames } from '../store/load-customer.ts'
import type { Tx } from '../store/index.ts'
import type { DeskPack, DeskRow } from '../store/load-desk.ts'

/** The farthest a cap looks back: a month and a day. */
const HISTORY_MS = 32 * 24 * 3_600_000

/** A message (by its id in the outbox) to a customer, to be judged at an instant of the desk. */
export interface SendAsked {
  readonly desk: DeskRow
  /** Whose message it is; null where nobody noted it. */
  readonly pack: string | null
  readonly customer: string
  readonly message: Message
  readonly id: string
  readonly at: number
}

/** A message as the gate of one pack reads it; `pack` is what people call the pack. */
export interface PackCase extends SendCase {
  readonly pack: string
}

/** What the limits of all these packs together make of the message: nobody is written to beyond any of them. */
export function judgeForDesk(cases: readonly PackCase[]): Judgement {
  return strictest(cases.map(send => ({ pack: send.pack, ...judgeSend(send) })))
}

/**
 * All that the gate reads about a message, by the newest version of its own pack and of each that runs. INVARIANT: earlier
 * messages count whichever pack sent them, a reservation until it is settled, however long its task stays open.
 */
export async function loadSendCases(tx: Tx, asked: SendAsked): Promise<PackCase[]> {
  const { desk, message, customer, id, at } = asked
  const history = await tx.query<Sent>(
    `select purpose, channel, at as "from", case state when 'reserved' then greatest(upto, $4) else upto end as "to"
     from send_ledger where customer_id = $1 and id <> $3 and at <= $4
       and (state = 'reserved' or (state = 'counted' and upto > $2))`,
    [customer, at - HISTORY_MS, id, Math.ceil(at)],
  )
  const cases: PackCase[] = []
  for (const { blueprint } of judging(desk, asked.pack)) {
    const fresh = await loadCustomerNames(tx, { blueprint, desk, customer, subject: null, at })
    const world = { blueprint, fresh, form: null, zone: blueprint.pack.zone }
    cases.push({ pack: blueprint.pack.label, world, message, history, at })
  }
  return cases
}

/** Its own pack first, running or not, then the others that run; where nothing runs nor is known, all. */
function judging({ packs, running }: DeskRow, pack: string | null): readonly DeskPack[] {
  const own = packs.filter(({ name }) => name === pack)
  const found = [...own, ...running.filter(({ name }) => name !== pack)]
  return found.length > 0 ? found : packs
}
