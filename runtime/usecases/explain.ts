import type { TicketEvent } from '#core/desk'
import type { Deps } from '../deps.ts'
import { findTicket, ticketEvents } from '../store/ticket-rows.ts'
import { notFound, Problem } from './problem.ts'

/** Which happenings answer which question. */
const answers: Readonly<Record<string, readonly TicketEvent['happened']['kind'][]>> = {
  assignment: ['assigned'],
  transition: ['node-left', 'node-entered', 'region-entered', 'branch-done', 'region-left', 'closed'],
  price: ['priced', 'unpriced', 'settled'],
  clock: ['clock-started', 'clock-reached', 'escalated', 'notified', 'marked'],
}

/** Why: the recorded decisions of one sort with their traces, oldest first. Throws Problem. */
export function explainTicket(
  deps: Deps,
  tenant: string,
  { id, of }: { id: string; of: string },
): Promise<TicketEvent[]> {
  const kinds = answers[of]
  if (!kinds)
    throw new Problem('unknown-explanation', 422, { params: { known: Object.keys(answers).join(', ') } })
  return deps.store.inTenant(tenant, async tx => {
    if (!(await findTicket(tx, id))) throw notFound()
    return (await ticketEvents(tx, id)).filter(({ happened }) => kinds.includes(happened.kind))
  })
}
