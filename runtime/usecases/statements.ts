import { createHash } from 'node:crypto'
import { instantOf } from '#core/values'
import type { BalanceReply, StatementLineReply, StatementReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { json, type Tx } from '../store/index.ts'
import { Problem } from './problem.ts'
import { deskOf } from './run-command.ts'

/** A party's statement of a month (`2026-03`), as kept once the month is over, else as it stands. Throws Problem. */
export function showStatement(
  deps: Deps,
  tenant: string,
  { party, period }: { party: string; period: string },
): Promise<StatementReply> {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) throw new Problem('period', 422, { params: { period } })
  return deps.store.inTenant(tenant, async tx => {
    const kept = await keptStatement(tx, { party, period })
    if (kept) return kept
    const desk = await deskOf(tx)
    const { zone, currency } = wholeDesk(desk)!.pack
    const [from, to] = monthOf(period, zone)
    const lines = await linesOf(tx, { party, from, to, currency })
    const [sum] = await tx.query<{ total: string }>(
      'select coalesce(sum(a::numeric(20, 2)), 0)::numeric(20, 2)::text as total from unnest($1::text[]) a',
      [lines.map(line => line.amount)],
    )
    const facts = { party, period, currency, total: sum!.total, lines }
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
    const now = deps.now() + desk.clockOffsetMs
    if (now < to) return { ...facts, hash, madeAt: null }
    await tx.query(
      `insert into statement (tenant, party, period, currency, total, lines, hash, made_at)
       values ($1, $2, $3, $4, $5::numeric, $6, $7, $8) on conflict do nothing`,
      [tenant, party, period, currency, sum!.total, json(lines), hash, now],
    )
    return (await keptStatement(tx, { party, period }))!
  })
}

/** What every party is owed in all; the receivable stands against it, so the column adds up to nothing. */
export function balances(deps: Deps, tenant: string): Promise<BalanceReply[]> {
  return deps.store.inTenant(tenant, tx =>
    tx.query<BalanceReply>(
      'select party, currency, sum(amount)::text as amount from ledger_entry group by 1, 2 order by 1, 2',
    ),
  )
}

async function keptStatement(tx: Tx, { party, period }: { party: string; period: string }) {
  const [row] = await tx.query<StatementReply>(
    `select party, period, currency, total::text as total, lines, hash, made_at as "madeAt"
     from statement where party = $1 and period = $2`,
    [party, period],
  )
  return row
}

function linesOf(
  tx: Tx,
  { party, from, to, currency }: { party: string; from: number; to: number; currency: string },
): Promise<StatementLineReply[]> {
  return tx.query<StatementLineReply>(
    `select e.at, e.ticket_id as ticket, t.number, e.settlement, e.amount::text as amount, e.why
     from ledger_entry e left join ticket t on t.tenant = e.tenant and t.id = e.ticket_id
     where e.party = $1 and e.at >= $2 and e.at < $3 and e.currency = $4 order by e.at, e.txn, e.line`,
    [party, from, to, currency],
  )
}

/** From the first instant of a month to the first of the next, in the zone. */
function monthOf(period: string, zone: string): [number, number] {
  const [year = 0, month = 0] = period.split('-').map(Number)
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
  return [instantOf(`${period}-01 00:00`, zone), instantOf(`${next}-01 00:00`, zone)]
}
