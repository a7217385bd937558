import type { CatalogueReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import {
  compilePack,
  manifestFault,
  openArchive,
  textsOf,
  verifyArchive,
  type PackTexts,
} from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import { Problem } from './problem.ts'
import { TRUSTED_IDS, trustedKeys } from './trust-key.ts'

/** A release that a desk may install. */
export interface Release {
  readonly hash: string
  readonly version: number
  readonly texts: PackTexts
}

/**
 * Reads a signed archive for a desk and keeps nothing of it. Throws Problem when it is not verified, not sound, its manifest says
 * otherwise than its texts, or another maker's pack has its name.
 */
export async function readArchive(
  deps: Pick<Deps, 'store'>,
  tenant: string,
  archive: Uint8Array,
): Promise<Release & { readonly name: string; readonly label: string; readonly keyId: string }> {
  const trusted = await deps.store.inTenant(tenant, trustedKeys)
  const verification = verifyArchive(archive, trusted)
  if (verification.state !== 'verified') {
    const state = verification.state === 'unreadable' ? verification.reason : verification.state
    throw new Problem('pack-unverified', 422, { params: { state } })
  }
  const opened = openArchive(archive)
  if (!opened.ok) throw new Problem('pack-unverified', 422, { params: { state: opened.reason } })
  const texts = textsOf(opened.files)
  const { checked, sound } = compilePack(texts)
  const { name, label, version } = checked.blueprint.pack
  if (!sound) throw new Problem('pack-unsound', 422, { params: { name } })
  const differs = manifestFault(opened.files, checked.blueprint)
  if (differs) throw new Problem('manifest-differs', 422, { params: { name, field: differs } })
  const { hash } = opened
  const { keyId } = verification
  await deps.store.inTenant(tenant, tx => refuseOtherMaker(tx, { name, keyId }))
  return { hash, version, texts, name, label, keyId }
}

/**
 * Takes a signed archive into a desk's catalogue; the same one again changes nothing. Throws Problem when it cannot be read for the
 * desk, a newer one is here, or another has its name and version.
 */
export async function takeArchive(
  deps: Pick<Deps, 'store' | 'now'>,
  tenant: string,
  archive: Uint8Array,
): Promise<CatalogueReply> {
  const { hash, version, texts, name, label, keyId } = await readArchive(deps, tenant, archive)
  await deps.store.asOwner(async tx => {
    await refuseOlder(tx, { keyId, name, version })
    await tx.query(
      `insert into pack_release (hash, name, version, files, manifest, created_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (hash) do nothing`,
      [hash, name, version, json(texts), json({ name, label, version }), deps.now()],
    )
    const [held] = await tx.query<{ hash: string }>(
      // Why the update that changes nothing: it yields the row that was there first, whoever was quicker.
      `insert into release_key (key_id, name, version, hash) values ($1, $2, $3, $4)
       on conflict (key_id, name, version) do update set name = excluded.name returning hash`,
      [keyId, name, version, hash],
    )
    if (held!.hash !== hash)
      throw new Problem('release-taken', 409, { params: { name, version: String(version) } })
  })
  return deps.store.inTenant(tenant, async tx => (await entries(tx, hash))[0]!)
}

/** Releases this desk may install, newest first of each pack, and how far it is with them. */
export function catalogue(deps: Deps, tenant: string): Promise<CatalogueReply[]> {
  return deps.store.inTenant(tenant, tx => entries(tx, null))
}

/** The newest release of a pack this desk may install; of two makers’ the one whose release it has. Throws Problem. */
export async function newestRelease(tx: Tx, name: string): Promise<Release> {
  const [row] = await tx.query<{ hash: string; version: number; files: PackTexts }>(
    `select r.hash, k.version, r.files from release_key k join pack_release r on r.hash = k.hash
     where k.name = $1 and k.key_id in (${TRUSTED_IDS})
     order by k.key_id in (select o.key_id from desk_install i join release_key o on o.hash = i.release_hash
       where i.pack = $1) desc, k.version desc limit 1`,
    [name],
  )
  if (!row) throw new Problem('unknown-pack', 404, { params: { name } })
  return { hash: row.hash, version: row.version, texts: row.files }
}

function entries(tx: Tx, hash: string | null): Promise<CatalogueReply[]> {
  return tx.query<CatalogueReply>(
    `select distinct on (k.name, k.version, r.hash) k.name, r.manifest->>'label' as label, k.version, r.hash,
       coalesce(d.name, t.name) as maker, i.state
     from release_key k join pack_release r on r.hash = k.hash
     left join trusted_key t on t.id = k.key_id left join desk_key d on d.id = k.key_id
     left join desk_install i on i.pack = k.name and i.release_hash = r.hash
     where k.key_id in (${TRUSTED_IDS}) and ($1::text is null or r.hash = $1)
     order by k.name, k.version desc, r.hash`,
    [hash],
  )
}

/** Somebody else who is trusted has a pack of this name: theirs is not replaced by the name alone. */
async function refuseOtherMaker(tx: Tx, { name, keyId }: { name: string; keyId: string }): Promise<void> {
  const others = await tx.query(
    `select 1 as one from release_key where name = $1 and key_id <> $2 and key_id in (${TRUSTED_IDS}) limit 1`,
    [name, keyId],
  )
  if (others.length > 0) throw new Problem('release-other-maker', 409, { params: { name } })
}

/** An older version than the newest one here comes to nobody by taking it in again; going back is a rollback. */
async function refuseOlder(
  tx: Tx,
  { keyId, name, version }: { keyId: string; name: string; version: number },
): Promise<void> {
  const [row] = await tx.query<{ newest: number | null; held: boolean }>(
    `select max(version) as newest, coalesce(bool_or(version = $3), false) as held from release_key
     where key_id = $1 and name = $2`,
    [keyId, name, version],
  )
  const { newest, held } = row!
  if (newest !== null && newest > version && !held)
    throw new Problem('release-older', 409, {
      params: { name, version: String(version), newest: String(newest) },
    })
}
