import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blueprint } from '#core/blueprint'
import type { DemoDesk } from '#core/wire'
import { assemblePack } from '../commands/pack.ts'
import { hire, installFolder } from '../demo/equip.ts'
import { connectEmulator } from '../usecases/connect-emulator.ts'
import { ADMIN, people, type DemoPerson } from '../demo/people.ts'
import type { Deps } from '../deps.ts'
import { createDesk } from '../usecases/create-desk.ts'
import { actsOf, goLive } from '../usecases/install-pack.ts'
import { linkCustomer } from '../usecases/link-customer.ts'
import { putRecord } from '../usecases/records.ts'
import { listSecrets, putSecret } from '../usecases/secrets.ts'
import { acceptInvite } from '../usecases/sessions.ts'

export const DEV = 'dev'
/** Of this machine alone and for trying things out; the server listens to nobody else. */
export const DEV_PASSWORD = 'dev-dev-dev'
const CUSTOMERS = 3

/** What a developer needs to reach the desk, kept beside its data. */
export interface DevFile {
  readonly desk: DemoDesk
  /** The pack's secrets, made up; by name. */
  readonly secrets: Readonly<Record<string, string>>
}

export const devFile = (dataDir: string) => join(dataDir, 'dev.json')

/** The desk of a pack that is being written: somebody in every role, a few customers with phones, everything switched on. */
export async function devDesk(
  deps: Deps,
  { dataDir, folder }: { dataDir: string; folder: string },
): Promise<DemoDesk> {
  const file = devFile(dataDir)
  if (existsSync(file)) return (JSON.parse(await readFile(file, 'utf8')) as DevFile).desk
  const { compiled } = await assemblePack(folder)
  const { blueprint } = compiled.checked
  const name = blueprint.pack.label
  const { token } = await createDesk(deps, { id: DEV, name, admin: ADMIN, demo: { startsAt: deps.now() } })
  await acceptInvite(deps, { token, password: DEV_PASSWORD })
  const staff = Object.keys(blueprint.roles).map(role => holderOf(blueprint, role))
  const holders = await hire(deps, { tenant: DEV, staff, password: DEV_PASSWORD })
  await installFolder(deps, { tenant: DEV, folder, dataDir, holders })
  for (const { key, externalId, name: data } of people.slice(0, CUSTOMERS)) {
    await putRecord(deps, DEV, { entity: 'customer', key, data: { name: data } })
    await linkCustomer(deps, DEV, { customer: key, externalId })
  }
  await connectEmulator(deps, DEV)
  const secrets = await makeSecrets(deps)
  await goLive(deps, { tenant: DEV, name: blueprint.pack.name, outward: actsOf(blueprint.actions) })
  const desk: DemoDesk = {
    ...{ desk: DEV, name, password: DEV_PASSWORD, customerPage: null },
    logins: [
      { login: ADMIN, name: ADMIN, roles: ['admin'] },
      ...staff.map(({ login, name: who, roles }) => ({ login, name: who, roles })),
    ],
  }
  await writeFile(file, JSON.stringify({ desk, secrets } satisfies DevFile, null, 2), { mode: 0o600 })
  return desk
}

/** Somebody called by the role, in every team. */
export function holderOf({ teams }: Blueprint, role: string): DemoPerson {
  return { login: role, name: role, roles: [role], teams: Object.keys(teams) }
}

/** A value for each secret that has none; yields those made. */
export async function makeSecrets(deps: Deps): Promise<Record<string, string>> {
  const made: Record<string, string> = {}
  for (const { name, isSet } of await listSecrets(deps, DEV))
    if (!isSet) made[name] = (await putSecret(deps, { tenant: DEV, name })).value!
  return made
}
