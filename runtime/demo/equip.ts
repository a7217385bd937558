import { assemblePack } from '../commands/pack.ts'
import type { Deps } from '../deps.ts'
import { signArchive } from '../packs/index.ts'
import { consentTo, installPack, mapRoles } from '../usecases/install-pack.ts'
import { planInstall } from '../usecases/plan-install.ts'
import { acceptInvite } from '../usecases/sessions.ts'
import { addStaff } from '../usecases/staff.ts'
import { takeArchive } from '../usecases/take-archive.ts'
import { trustPublicKey } from '../usecases/trust-key.ts'
import { signingKeyOf } from './keys.ts'
import { ADMIN, type DemoPerson } from './people.ts'

/** Staff ids by role. */
export type Holders = Readonly<Record<string, readonly string[]>>

/** Takes people on, each with a phone called by their login; yields who holds which role. */
export async function hire(
  deps: Deps,
  { tenant, staff, password }: { tenant: string; staff: readonly DemoPerson[]; password: string },
): Promise<Holders> {
  const holders: Record<string, string[]> = {}
  for (const { roles, ...person } of staff) {
    const { id, token } = await addStaff(deps, tenant, { ...person, wecomUser: person.login })
    await acceptInvite(deps, { token, password })
    for (const role of roles) (holders[role] ??= []).push(id)
  }
  return holders
}

/** Puts the pack of a folder on a desk, by the one way there is: built, signed, verified, planned, agreed to, installed. */
export async function installFolder(
  deps: Deps,
  { tenant, folder, dataDir, holders }: { tenant: string; folder: string; dataDir: string; holders: Holders },
): Promise<string> {
  const { privateKey, publicKey } = await signingKeyOf(dataDir)
  const { archive } = await assemblePack(folder)
  const signed = archive && signArchive(archive, privateKey)
  if (!signed) throw new Error(`the pack has errors: run \`axle check ${folder}\``)
  await trustPublicKey(deps, { pem: publicKey, name: 'demo' })
  const { name } = await takeArchive(deps, tenant, signed)
  const { hash } = await planInstall(deps, tenant, name)
  await consentTo(deps, { tenant, name, hash, by: ADMIN })
  await mapRoles(deps, { tenant, name, roles: holders })
  await installPack(deps, { tenant, name, by: ADMIN })
  return name
}
