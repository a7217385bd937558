import type { TrialReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { AWAITED } from './action-runs.ts'
import { Problem } from './problem.ts'
import { messageText, type MessageBody } from './send-outbox.ts'

const MAX_SHOWN = 100

/** A run `r` that was held and whose ticket `t` still waits for it. */
export const WAITING = `r.state = 'held' and ${AWAITED}`

interface HeldSend {
  readonly id: string
  readonly at: number
  readonly act: string
  readonly reason: 'trial' | 'off'
  readonly to: string
  readonly number: number | null
  readonly body: MessageBody
}

/** Runs go on as soon as nothing holds them: what does now is why they stand. */
const RUN_REASON = `(select case when state = 'live' then 'off' else 'trial' end from desk_install where pack = $1)`

/** What a pack would have sent but for its trial or for an act that is switched off, newest first; at most a hundred of each. */
export function whatTrialHeld(
  deps: Deps,
  { tenant, name }: { tenant: string; name: string },
): Promise<TrialReply> {
  const own = 'blueprint_hash in (select blueprint_hash from desk_version where pack = $1)'
  return deps.store.inTenant(tenant, async tx => {
    const sends = await tx.query<HeldSend>(
      `select o.id, o.created_at as at, o.kind as act, o.reason, coalesce(c.name, s.name, o.to_id) as to, t.number, o.body
       from outbox o left join ticket t on t.tenant = o.tenant and t.id = o.ticket_id
       left join customer c on o.to_kind = 'customer' and c.tenant = o.tenant and c.id = o.to_id
       left join staff s on o.to_kind = 'staff' and s.tenant = o.tenant and s.id = o.to_id
       where o.state = 'held' and o.reason in ('trial', 'off') and (o.pack = $1 or o.pack is null)
       order by o.created_at desc, o.id limit ${MAX_SHOWN}`,
      [name],
    )
    const runs = await tx.query<TrialReply['runs'][number]>(
      `select r.id, r.created_at as at, 'action:' || r.action as act, ${RUN_REASON} as reason, t.number, r.input from action_run r
       join ticket t on t.tenant = r.tenant and t.id = r.ticket_id
       where r.state = 'held' and t.${own} order by r.created_at desc, r.id limit ${MAX_SHOWN}`,
      [name],
    )
    const counts = await tx.query<{ act: string; count: number; off: number }>(
      `select act, count(*)::int as count, (count(*) filter (where reason = 'off'))::int as off from (
         select kind as act, reason from outbox
         where state = 'held' and reason in ('trial', 'off') and (pack = $1 or pack is null)
         union all select 'action:' || r.action, ${RUN_REASON} from action_run r
           join ticket t on t.tenant = r.tenant and t.id = r.ticket_id where r.state = 'held' and t.${own}) held
       group by act`,
      [name],
    )
    const waiting = await tx.query<{ act: string; count: number }>(
      `select 'action:' || r.action as act, count(*)::int as count from action_run r
       join ticket t on t.tenant = r.tenant and t.id = r.ticket_id where ${WAITING} and t.${own} group by r.action`,
      [name],
    )
    return {
      waiting: Object.fromEntries(waiting.map(({ act, count }) => [act, count])),
      counts: Object.fromEntries(counts.map(({ act, count }) => [act, count])),
      off: Object.fromEntries(counts.flatMap(({ act, off }) => (off > 0 ? [[act, off]] : []))),
      sends: sends.map(({ body, ...send }) => ({
        ...send,
        text: messageText({ body, number: send.number }),
      })),
      runs,
    }
  })
}

/** Takes a live pack back into trial: from now on nothing goes out. What was switched on is kept to be offered again. Throws Problem. */
export function backToTrial(deps: Deps, { tenant, name }: { tenant: string; name: string }): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query(
      `update desk_install set state = 'trial', updated_at = $2
       where pack = $1 and state in ('trial', 'live') returning pack`,
      [name, deps.now()],
    )
    if (rows.length === 0) throw new Problem('not-installed', 409, { params: { name } })
  })
}
