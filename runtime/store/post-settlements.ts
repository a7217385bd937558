import type { Decision } from '#core/desk'
import { addDecimal, negateDecimal, parseDecimal, printDecimal, type Decimal } from '#core/values'
import { RECEIVABLE } from '#core/wire'
import { json } from './index.ts'
import type { Tx } from './transaction.ts'

/** The account that owes what the parties get. */

/**
 * Posts what a decision settled: each share is owed to its party, their sum to be had from the customer, so that every
 * transaction adds up to nothing; the database refuses one that does not.
 */
export async function postSettlements(
  tx: Tx,
  { tenant, blueprintHash, decision }: { tenant: string; blueprintHash: string; decision: Decision },
): Promise<void> {
  const rows = decision.events.flatMap(({ seq, at, happened }) => {
    if (happened.kind !== 'settled') return []
    const { settlement, currency, payableAt, shares } = happened
    const sum = shares.reduce<Decimal>((total, { amount }) => addDecimal(total, parseDecimal(amount)!), zero)
    const owed = { party: RECEIVABLE, amount: printDecimal(negateDecimal(sum)), why: settlement }
    return [owed, ...shares].map(({ party, amount, why }, line) => ({
      ...{
        txn: `${decision.state.id}.${seq}`,
        line,
        at,
        payable_at: payableAt,
        settlement,
        party,
        amount,
        currency,
        why,
      },
    }))
  })
  if (rows.length === 0) return
  await tx.query(
    `insert into ledger_entry (tenant, txn, line, at, payable_at, settlement, ticket_id, party, amount, currency, why,
       blueprint_hash)
     select $1, e.txn, e.line, e.at, e.payable_at, e.settlement, $2, e.party, e.amount, e.currency, e.why, $3
     from jsonb_to_recordset($4) as e(txn text, line int, at bigint, payable_at bigint, settlement text, party text,
       amount numeric, currency text, why text)`,
    [tenant, decision.state.id, blueprintHash, json(rows)],
  )
}

const zero: Decimal = { units: 0n, scale: 2 }
