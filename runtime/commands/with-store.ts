import { existsSync } from 'node:fs'
import type { SaidReply } from '#core/wire'
import { ConfigError, readConfig, type Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { createDeps } from '../server.ts'
import { DataInUseError, openStore } from '../store/index.ts'
import { Problem } from '../usecases/problem.ts'
import { sayProblem } from '../http/problem-words.ts'
import type { CommandOptions } from './source.ts'

type Work = (deps: Deps) => Promise<number>

/** Runs a command on the data this environment names: 3 when another process holds it, 2 on misuse, 1 on a refusal. */
export function withStore(options: CommandOptions, work: Work): Promise<number> {
  return withConfig(options, async config => {
    if (config.databaseUrl === undefined && !existsSync(config.dataDir))
      throw new ConfigError(
        `There is no data in ${config.dataDir}: set AXLE_DATA to the folder of the service, or AXLE_DATABASE_URL.`,
      )
    return onStore(config, work)
  })
}

/** The same for a command about these desks; 2 when there is no such desk. */
export function withDesks(options: CommandOptions, desks: readonly string[], work: Work): Promise<number> {
  return withStore(options, async deps => {
    for (const desk of desks)
      if (!(await hasDesk(deps, desk))) throw new ConfigError(noDesk(desk)[options.lang])
    return work(deps)
  })
}

function hasDesk({ store }: Deps, desk: string): Promise<boolean> {
  return store.inTenant(desk, async tx => (await tx.query('select 1 as one from desk')).length > 0)
}

const noDesk = (desk: string): SaidReply => ({
  zh: `没有企业「${desk}」。新建：axle tenant create ${desk} --name <名称> --admin <账号>`,
  en: `There is no desk ${desk}; make it: axle tenant create ${desk} --name <name> --admin <login>`,
})

/** The same for a command that may be the first one; the data begins with it. */
export function withNewStore(options: CommandOptions, work: Work): Promise<number> {
  return withConfig(options, config => onStore(config, work))
}

async function onStore({ dataDir, databaseUrl }: Config, work: Work): Promise<number> {
  const store = await openStore({ dataDir, ...(databaseUrl !== undefined && { databaseUrl }) })
  try {
    return await work(createDeps(store))
  } finally {
    await store.close()
  }
}

async function withConfig(
  { lang }: CommandOptions,
  work: (config: Config) => Promise<number>,
): Promise<number> {
  try {
    return await work(readConfig(process.env))
  } catch (error) {
    if (error instanceof Problem) {
      console.error(sayProblem(error.code, error.params)?.[lang] ?? error.code)
      return 1
    }
    if (!(error instanceof DataInUseError) && !(error instanceof ConfigError)) throw error
    console.error(error.message)
    return error instanceof DataInUseError ? 3 : 2
  }
}
