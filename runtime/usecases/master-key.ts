import { createHmac } from 'node:crypto'
import type { Deps } from '../deps.ts'

/** What tells one master key from another and gives none away; null without a key. */
export function fingerprintOf(masterKey: Buffer | undefined): string | null {
  if (masterKey === undefined) return null
  return createHmac('sha256', masterKey).update('axle master key').digest('hex').slice(0, 16)
}

/** Notes, at each start, which master key the service runs with. */
export async function noteMasterKey(deps: Pick<Deps, 'store' | 'now' | 'masterKey'>): Promise<void> {
  await deps.store.asOwner(tx =>
    tx.query(
      `insert into service_key (fingerprint, noted_at) values ($1, $2)
       on conflict (one) do update set fingerprint = excluded.fingerprint, noted_at = excluded.noted_at`,
      [fingerprintOf(deps.masterKey), deps.now()],
    ),
  )
}

/** The key that the service was started with last: its fingerprint, null for none, undefined before its first start. */
export async function notedMasterKey(deps: Pick<Deps, 'store'>): Promise<string | null | undefined> {
  const [row] = await deps.store.asOwner(tx =>
    tx.query<{ fingerprint: string | null }>('select fingerprint from service_key'),
  )
  return row?.fingerprint
}
