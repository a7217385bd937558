import type { Tx } from '../store/index.ts'

/** Has what waits for somebody looked at again: there may be somebody now. */
export async function offerWaiting(tx: Tx, tenant: string): Promise<void> {
  const [waits] = await tx.query(
    `select 1 as one from ticket t, jsonb_each(t.state->'tokens') as token
     where t.status = 'open' and token.value->>'assignee' is null limit 1`,
  )
  if (waits) tx.enqueue('dispatch', { tenant })
}
