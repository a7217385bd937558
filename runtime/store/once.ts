import { json } from './index.ts'
import type { Tx } from './transaction.ts'

/** A request that may come again: its key and a hash of what it asks. */
export interface Once {
  readonly key: string
  readonly requestHash: string
}

/** The same key came with another request. */
export class KeyReusedError extends Error {}

/** Does the work once per key and answers repeats alike, in the transaction that does the work; throws KeyReusedError. */
export async function once<T>(
  tx: Tx,
  { tenant, at, request }: { tenant: string; at: number; request: Once | undefined },
  work: () => Promise<T>,
): Promise<T> {
  if (!request) return work()
  const inserted = await tx.query(
    `insert into idempotency (tenant, key, request_hash, at) values ($1, $2, $3, $4)
     on conflict do nothing returning key`,
    [tenant, request.key, request.requestHash, at],
  )
  if (inserted.length === 0) return answered<T>(tx, request)
  const result = await work()
  await tx.query('update idempotency set response = $2 where key = $1', [request.key, json(result)])
  return result
}

async function answered<T>(tx: Tx, { key, requestHash }: Once): Promise<T> {
  const [row] = await tx.query<{ request_hash: string; response: T }>(
    'select request_hash, response from idempotency where key = $1',
    [key],
  )
  if (row?.request_hash !== requestHash) throw new KeyReusedError()
  return row.response
}
