import type { KeyReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { armoured, isPublicKey, keyId, type TrustedKeys } from '../packs/index.ts'
import type { Tx } from '../store/index.ts'
import { notFound, Problem } from './problem.ts'

/** From now on archives signed with this public key (PEM) are taken by every desk; throws on a bad key. */
export async function trustPublicKey(
  deps: Pick<Deps, 'store'>,
  { pem, name }: { pem: string; name: string },
): Promise<string> {
  const id = keyId(pem)
  await deps.store.asOwner(tx =>
    tx.query(
      'insert into trusted_key (id, public_key, name) values ($1, $2, $3) on conflict (id) do nothing',
      [id, pem, name],
    ),
  )
  return id
}

/** From now on this desk takes archives signed with the key (PEM, or its base64 alone), and no other desk does. Throws Problem. */
export async function trustForDesk(
  deps: Deps,
  { tenant, pem: given, name, by }: { tenant: string; pem: string; name: string; by: string },
): Promise<{ id: string }> {
  const pem = armoured(given)
  if (!isPublicKey(pem)) throw new Problem('not-a-key', 422)
  const id = keyId(pem)
  return deps.store.inTenant(tenant, async tx => {
    if ((await tx.query('select 1 as one from desk')).length === 0) throw notFound()
    await tx.query(
      `insert into desk_key (tenant, id, public_key, name, added_by, added_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant, id) do update set name = excluded.name`,
      [tenant, id, pem, name, by, deps.now()],
    )
    return { id }
  })
}

/** This desk takes nothing more by the key and no longer shows its releases; what is installed goes on. Throws Problem. */
export function distrust(deps: Deps, { tenant, id }: { tenant: string; id: string }): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const gone = await tx.query('delete from desk_key where id = $1 returning id', [id])
    if (gone.length === 0) throw notFound()
  })
}

/** Whose archives this desk takes. */
export function listKeys(deps: Deps, tenant: string): Promise<KeyReply[]> {
  return deps.store.inTenant(tenant, tx =>
    tx.query<KeyReply>(
      `select id, name, true as own from desk_key
       union all select id, name, false from trusted_key where id not in (select id from desk_key) order by own, name`,
    ),
  )
}

/** The ids of the keys whose archives the transaction's desk takes, as a query. */
export const TRUSTED_IDS = 'select id from trusted_key union select id from desk_key'

/** Public keys by id: the whole service's, and those of the transaction's desk. */
export async function trustedKeys(tx: Tx): Promise<TrustedKeys> {
  const keys = await tx.query<{ id: string; public_key: string }>(
    'select id, public_key from trusted_key union select id, public_key from desk_key',
  )
  return Object.fromEntries(keys.map(key => [key.id, key.public_key]))
}
