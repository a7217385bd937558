// Many desks with one pack, for tests and measurements of upgrades.
import type { Deps } from '../../runtime/deps.ts'
import { createDesk } from '../../runtime/usecases/create-desk.ts'
import { consentTo, goLive, installPack, mapRoles } from '../../runtime/usecases/install-pack.ts'
import { planInstall } from '../../runtime/usecases/plan-install.ts'
import { publishSource } from '../../runtime/usecases/publish-source.ts'
import { saveSource, showSource } from '../../runtime/usecases/source.ts'
import { addStaff } from '../../runtime/usecases/staff.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { trustForDesk } from '../../runtime/usecases/trust-key.ts'
import type { PackMaker } from './signed-pack.ts'

/**
 * A desk whose one clerk holds every role, with a maker's pack on it; live with the acts named, else in trial. `token` lets its
 * administrator set a password.
 */
export async function deskWith(
  deps: Deps,
  {
    tenant,
    maker,
    archive,
    outward,
  }: { tenant: string; maker: PackMaker; archive: Uint8Array; outward?: readonly string[] },
): Promise<{ readonly clerk: string; readonly name: string; readonly token: string }> {
  const { token } = await createDesk(deps, { id: tenant, name: tenant, admin: 'admin', demo: undefined })
  const clerk = (await addStaff(deps, tenant, { name: '小店', login: 'xiao' })).id
  await trustForDesk(deps, { tenant, pem: maker.publicKey, name: '店家', by: 'admin' })
  const { name, hash } = await takeArchive(deps, tenant, archive)
  await consentTo(deps, { tenant, name, hash, by: 'admin' })
  const { roles } = await planInstall(deps, tenant, name)
  const held = Object.fromEntries(roles.map(role => [role, [clerk]]))
  await mapRoles(deps, { tenant, name, roles: held })
  await installPack(deps, { tenant, name, by: 'admin' })
  if (outward) await goLive(deps, { tenant, name, outward })
  return { clerk, name, token }
}

/** The desk's text with one thing written otherwise, saved and in force. */
export async function rewrite(
  deps: Deps,
  { tenant, by, file, from, to }: Readonly<Record<'tenant' | 'by' | 'file' | 'from' | 'to', string>>,
): Promise<void> {
  const { files, revision } = await showSource(deps, tenant)
  if (!files[file]?.includes(from)) throw new Error(`${file} does not say ${from}`)
  const changed = { ...files, [file]: files[file].replace(from, () => to) }
  const saved = await saveSource(deps, { tenant, files: changed, revision })
  await publishSource(deps, { tenant, by, revision: saved.revision, language: 'zh' })
}
