import { explainJudgement, type Judgement } from '#core/limit'
import type { SendReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { loadDesk } from '../store/load-desk.ts'

/** A message to a customer with what became of it and why, and the gate's judgement as it was kept. */
export interface SendView extends SendReply {
  readonly verdict: (Judgement & { readonly way: 'reply' | 'mass'; readonly at: number }) | null
}

const MAX_SENDS = 200
/** States of messages that reached nobody, or not yet. */
const STOPPED: readonly string[] = ['deferred', 'dropped', 'held', 'failed', 'waiting']

/**
 * A customer's messages, without one everybody's, newest first, each with the gate's reasons; with `stopped` those alone that did
 * not go out.
 */
export function listSends(
  deps: Deps,
  tenant: string,
  { customer = null, stopped = false }: { readonly customer?: string | null; readonly stopped?: boolean },
): Promise<SendView[]> {
  return deps.store.snapshot(tenant, async tx => {
    const desk = await loadDesk(tx)
    const rows = await tx.query<SendRow>(
      `select o.id, o.created_at as at, o.body->>'text' as text, o.purpose, o.channel, o.sop, o.ticket_id as ticket, t.number,
         o.state, o.reason, o.due_at as due, o.verdict, o.to_id as "customerId", coalesce(c.name, o.to_id) as "customerName"
       from outbox o left join ticket t on t.tenant = o.tenant and t.id = o.ticket_id
       left join customer c on c.tenant = o.tenant and c.id = o.to_id
       where o.to_kind = 'customer' and ($1::text is null or o.to_id = $1) and (not $2 or o.state = any($3))
       order by o.created_at desc, o.id limit ${MAX_SENDS}`,
      [customer, stopped, [...STOPPED]],
    )
    const zone = (desk && wholeDesk(desk)?.pack.zone) ?? 'Asia/Shanghai'
    return rows.map(({ customerId, customerName, ...row }) => ({
      ...row,
      customer: { id: customerId, name: customerName },
      why: explainJudgement(row.verdict ?? { reasons: [] }, zone),
    }))
  })
}

interface SendRow extends Omit<SendView, 'why' | 'customer'> {
  readonly customerId: string
  readonly customerName: string
}
