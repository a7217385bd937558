import { ConfigError, readConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import { createDeps } from '../server.ts'
import { DataInUseError, openStore } from '../store/index.ts'
import { Problem } from '../usecases/problem.ts'
import { sayProblem } from '../http/problem-words.ts'
import type { CommandOptions } from './source.ts'

/** Runs a command on the data this environment names: 3 when another process holds it, 2 on misuse, 1 on a refusal. */
export async function withStore(
  { lang }: CommandOptions,
  work: (deps: Deps) => Promise<number>,
): Promise<number> {
  try {
    const { dataDir, databaseUrl } = readConfig(process.env)
    const store = await openStore({ dataDir, ...(databaseUrl !== undefined && { databaseUrl }) })
    try {
      return await work(createDeps(store))
    } finally {
      await store.close()
    }
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
