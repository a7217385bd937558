import type { Deps } from '../../runtime/deps.ts'
import { handlersOf } from '../../runtime/handlers/index.ts'
import { declareQueues, startJobs } from '../../runtime/jobs/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore, type StoreOptions } from '../../runtime/store/index.ts'

/** What use cases are given, on a database of their own; queued work is done, or with `works` false kept waiting. */
export async function startDeps(
  options: StoreOptions,
  { works = true } = {},
): Promise<{ deps: Deps; stop: () => Promise<void> }> {
  const store = await openStore(options)
  const deps = createDeps(store)
  const handlers = handlersOf(deps)
  const jobs = works ? await startJobs(store, handlers, { onError: () => {} }) : undefined
  if (!works) await declareQueues(store.boss, Object.keys(handlers))
  const stop = async () => {
    await jobs?.stop()
    await deps.sandbox.close()
    await store.close()
  }
  return { deps, stop }
}
