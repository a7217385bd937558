import type { WordsReply } from '#core/wire'
import type { Tx } from '../store/index.ts'
import { replyWindow, silenceOf } from './gate-sends.ts'
import { wecomAccount } from './wecom-account.ts'

/** The outward act that an answer by staff is, as notices to customers are. */
const ACT = 'notify-customer'

/** How an answer to a ticket's customer would reach them at an instant of the desk; `pack` is the ticket's. */
export async function replyReach(
  tx: Tx,
  { customer, pack, at }: { customer: string | null; pack: string; at: number },
): Promise<Omit<WordsReply, 'may'>> {
  const silence = (await silenceOf(tx, { pack, kind: ACT })) ?? null
  const never = (unreachable: string) => ({ unreachable, silence, left: 0, until: null })
  if (customer === null) return never('reply-nobody')
  if (!(await wecomAccount(tx))) return never('reply-no-channel')
  const [address] = await tx.query(
    'select 1 as one from customer where id = $1 and external_id is not null',
    [customer],
  )
  if (!address) return never('reply-no-address')
  const { shut, left, until } = await replyWindow(tx, customer, at)
  if (shut !== null) return { ...never(`reply-${shut}`), until }
  // Why: what waits to go out takes its place in the window before anything said now.
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    `select count(*)::int as count from outbox where to_kind = 'customer' and to_id = $1 and state = 'queued'`,
    [customer],
  )
  const rest = Math.max(left - count, 0)
  return { unreachable: rest === 0 ? 'reply-used-up' : null, silence, left: rest, until }
}
