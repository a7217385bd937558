import { readFile, writeFile } from 'node:fs/promises'
import { ADMIN } from '../demo/people.ts'
import { hire } from '../demo/equip.ts'
import type { Deps } from '../deps.ts'
import { compilePack, openArchive, textsOf } from '../packs/index.ts'
import { json } from '../store/index.ts'
import { actsOf, publishBlueprint } from '../usecases/install-pack.ts'
import { DEV, DEV_PASSWORD, devFile, holderOf, makeSecrets, type DevFile } from './desk.ts'

/**
 * Makes the pack as it is written now its newest version on the desk, its actions' code included, all of it switched on: on the
 * author's own machine nobody has to agree. Roles that are new get somebody, secrets a value. Yields the version.
 */
export async function publishChange(
  deps: Deps,
  { archive, dataDir }: { archive: Uint8Array; dataDir: string },
): Promise<number> {
  const opened = openArchive(archive)
  if (!opened.ok) throw new Error(`the pack does not fit an archive: ${opened.reason} ${opened.detail}`)
  const texts = textsOf(opened.files)
  const compiled = compilePack(texts)
  const { blueprint } = compiled.checked
  const outward = Object.fromEntries(actsOf(blueprint.actions).map(act => [act, true]))
  const { version, unheld } = await deps.store.inTenant(DEV, async tx => {
    const { name } = blueprint.pack
    await tx.query('update desk_source set files = $2, revision = revision + 1 where pack = $1', [
      name,
      json(texts),
    ])
    await tx.query('update desk_install set outward = $2, updated_at = $3 where pack = $1', [
      name,
      json(outward),
      deps.now(),
    ])
    const held = await tx.query<{ role: string }>('select distinct unnest(roles) as role from staff')
    const seq = await publishBlueprint(deps, tx, { tenant: DEV, compiled, texts, by: ADMIN })
    tx.afterCommit(() => deps.bus.publish({ desk: DEV, kind: 'desk', id: DEV, seq }))
    return {
      version: seq,
      unheld: Object.keys(blueprint.roles).filter(role => !held.some(row => row.role === role)),
    }
  })
  const staff = unheld.map(role => holderOf(blueprint, role))
  await hire(deps, { tenant: DEV, staff, password: DEV_PASSWORD })
  for (const { roles, login } of staff)
    await deps.store.inTenant(DEV, tx =>
      tx.query('update staff set roles = $2 where login = $1', [login, roles]),
    )
  await noteSecrets(deps, dataDir)
  return version
}

async function noteSecrets(deps: Deps, dataDir: string): Promise<void> {
  const made = await makeSecrets(deps)
  if (Object.keys(made).length === 0) return
  const known = JSON.parse(await readFile(devFile(dataDir), 'utf8')) as DevFile
  const secrets = { ...known.secrets, ...made }
  await writeFile(devFile(dataDir), JSON.stringify({ ...known, secrets }, null, 2), { mode: 0o600 })
}
