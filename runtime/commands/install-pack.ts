import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import type { FieldValues } from '#core/form'
import type { SaidReply } from '#core/wire'
import { handlersOf } from '../handlers/index.ts'
import { declareQueues } from '../jobs/index.ts'
import { jsonOf } from '../json-file.ts'
import { audited } from '../usecases/audit.ts'
import { chooseSettings, consentTo, goLive, installPack, mapRoles } from '../usecases/install-pack.ts'
import { rollBackPack } from '../usecases/install-steps.ts'
import { planInstall } from '../usecases/plan-install.ts'
import { listSecrets } from '../usecases/secrets.ts'
import { Problem } from '../usecases/problem.ts'
import { takeArchive } from '../usecases/take-archive.ts'
import { planText } from './plan-text.ts'
import type { CommandOptions } from './source.ts'
import { withDesks } from './with-store.ts'

export interface InstallOptions extends CommandOptions {
  readonly tenant: string
  readonly yes?: boolean
  /** JSON files: values by setting, staff ids by role. */
  readonly settings?: string
  readonly roles?: string
  readonly live?: readonly string[]
  /** With commas between. */
  readonly stores?: string
}

/** `axle plan`: what installing the newest release of a pack in the catalogue would do to a desk. */
export function plan(name: string, options: CommandOptions & { readonly tenant: string }): Promise<number> {
  return withDesks(options, [options.tenant], async deps => {
    const planned = await planInstall(deps, options.tenant, name)
    console.log(options.json ? JSON.stringify(planned, null, 2) : planText(planned, options.lang))
    return planned.tests.failed.length > 0 ? 1 : 0
  })
}

/** `axle install`: the same steps as the pages: catalogue, plan, consent (`--yes`), settings, roles, install, live. What serves already goes live with `--live`. */
export async function install(archive: string, options: InstallOptions): Promise<number> {
  // Why first: a file that cannot be used is misuse, not half an installation.
  const values = await readOption<FieldValues>(options.settings, Settings)
  const roles = await readOption<Record<string, string[]>>(options.roles, Roles)
  return withDesks(options, [options.tenant], async deps => {
    const { tenant } = options
    const bytes = await readFile(archive)
    const { name, hash, version } = await audited(
      deps,
      { tenant, actor: 'cli', action: 'install', target: archive },
      () => takeArchive(deps, tenant, bytes),
    )
    const planned = await planInstall(deps, tenant, name)
    // Why: an older archive that is here already would bring the newest one by its name.
    if (planned.hash !== hash)
      throw new Problem('release-older', 409, {
        params: { name, version: String(version), newest: String(planned.version) },
      })
    console.log(options.json ? JSON.stringify(planned, null, 2) : planText(planned, options.lang))
    if (planned.tests.failed.length > 0) return 1
    if (!options.yes) {
      console.error('Nothing was installed: consent to the plan above with --yes.')
      return 2
    }
    await consentTo(deps, { tenant, name, hash: planned.hash, by: 'cli' })
    if (values) await chooseSettings(deps, { tenant, name, values })
    if (roles) await mapRoles(deps, { tenant, name, roles })
    await declareQueues(deps.store.boss, Object.keys(handlersOf(deps)))
    const installing = installPack(deps, { tenant, name, by: 'cli', stores: options.stores?.split(',') })
    await (options.live ? installing.catch(unlessInstalled) : installing)
    if (!options.live) return 0
    sayReleased(await goLive(deps, { tenant, name, outward: options.live }), options)
    const bare = (await listSecrets(deps, tenant)).filter(({ isSet }) => !isSet)
    for (const secret of bare) console.error(noValue(secret.name)[options.lang])
    return 0
  })
}

/** Going live with what serves already, in trial, is no other installation. */
function unlessInstalled(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== 'already-installed') throw error
}

const noValue = (secret: string): SaidReply => ({
  zh: `密钥 ${secret} 还没有值：在 /admin/actions 或 /admin/sources 设置。`,
  en: `The secret ${secret} has no value yet: set it at /admin/actions or /admin/sources.`,
})

function sayReleased(runs: number, { lang }: CommandOptions): void {
  if (runs === 0) return
  console.error(
    lang === 'zh'
      ? `试运行拦下的 ${runs} 次动作现在运行。`
      : `${runs} runs of actions that the trial held back run now.`,
  )
}

const Settings = Type.Record(Type.String(), Type.Unknown())
const Roles = Type.Record(Type.String(), Type.Array(Type.String()))

async function readOption<T>(file: string | undefined, schema: object): Promise<T | undefined> {
  return file === undefined ? undefined : jsonOf<T>({ file, text: await readFile(file, 'utf8') }, schema)
}

/** `axle rollback`: the release before the last one serves again, with what was decided about it. */
export function rollback(
  name: string,
  options: CommandOptions & { readonly tenant: string },
): Promise<number> {
  return withDesks(options, [options.tenant], async deps => {
    const { tenant } = options
    await declareQueues(deps.store.boss, Object.keys(handlersOf(deps)))
    const { version } = await audited(deps, { tenant, actor: 'cli', action: 'rollback', target: name }, () =>
      rollBackPack(deps, { tenant, name, by: 'cli' }),
    )
    console.log(options.json ? JSON.stringify({ version }) : String(version))
    return 0
  })
}
