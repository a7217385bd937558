import type { Deps } from '../deps.ts'
import { keyId } from '../packs/index.ts'

/** From now on archives signed with this public key (PEM) are taken into the catalogue; throws on a bad key. */
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
