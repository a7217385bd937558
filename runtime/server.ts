import { serve } from '@hono/node-server'
import type { DemoDesk } from '#core/wire'
import { createWecomClient, type WecomClient } from './channels/wecom/index.ts'
import type { Config } from './config.ts'
import { createBus, type Deps, type WecomAccount } from './deps.ts'
import { demoOf, masterKeyOf } from './demo/index.ts'
import { handlersOf } from './handlers/index.ts'
import { createEmulators, EMULATOR_URL } from './emulator.ts'
import './generation.ts'
import { createApp } from './http/app.ts'
import { startJobs } from './jobs/index.ts'
import { connectRelay } from './relay.ts'
import { connectorWith, createSandbox, type Connector } from './sandbox/index.ts'
import { openStore, type Store } from './store/index.ts'
import { proveEmulated } from './usecases/connect-emulator.ts'
import { desksWithDueTimers, fireTimers } from './usecases/fire-timers.ts'
import { noteMasterKey } from './usecases/master-key.ts'
import { recallEmulators } from './usecases/recall-emulators.ts'

export interface Running {
  readonly deps: Deps
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Hosts at which only this machine is reached. */
const LOOPBACK = /^(127\.|localhost$)/

/** How often due timers are looked for. */
const TICK_MS = 1_000

/** The desks that come with a server started for trying things out; found again at a later start. */
export type DesksOf = (deps: Deps, config: Config, say: (line: string) => void) => Promise<DemoDesk[]>

/** Opens the store and starts what this process is for: the web, the workers, or both; in demo mode with `desks`, and with another way to
 * hosts when one is given. */
export async function startServer(
  config: Config,
  say: (line: string) => void = () => {},
  { desks = demoOf, connector }: { readonly desks?: DesksOf; readonly connector?: Connector } = {},
): Promise<Running> {
  const { dataDir, databaseUrl } = config
  const store = await openStore({ dataDir, ...(databaseUrl !== undefined && { databaseUrl }) })
  const way = connector ?? (Object.keys(config.net).length > 0 ? connectorWith(config.net) : undefined)
  const own = { ...createDeps(store), ...(way && { connector: way }) }
  const relay = databaseUrl === undefined ? undefined : await connectRelay(databaseUrl, own.bus)
  const bare = { ...own, bus: relay?.bus ?? own.bus, masterKey: await masterKeyOf(config) }
  await noteMasterKey(bare)
  // Why before the jobs: they may have something to send at once.
  await recallEmulators(bare)
  const jobs = await startJobs(store, handlersOf(bare))
  // Why after the jobs: history enqueues some, and their queues must be there.
  const deps = { ...bare, demo: config.demo && config.role === 'all' ? await desks(bare, config, say) : [] }
  if (config.role === 'web') await jobs.stop()
  const ticking = config.role === 'web' ? undefined : startTicking(deps)
  const web = config.role === 'worker' ? undefined : await listen(deps, config)
  // Why here alone: elsewhere nobody but the first caller knows where the service is reached.
  if (web && LOOPBACK.test(config.host))
    for (const { desk: tenant } of deps.demo) await proveEmulated(deps, { tenant, origin: web.url })
  return {
    deps,
    url: web?.url ?? '',
    stop: async () => {
      await web?.close()
      await ticking?.()
      await jobs.stop()
      await relay?.close()
      deps.sandbox.close()
      await store.close()
    },
  }
}

export function createDeps(store: Store): Deps {
  const clients = new Map<string, WecomClient>()
  const emulators = createEmulators(Date.now)
  const newWecom: Deps['newWecom'] = (typed, known = typed) => {
    const { baseUrl, corpId, secret, agentId } = typed
    const isEmulated = baseUrl === EMULATOR_URL
    return createWecomClient({
      ...{ baseUrl, corpId, secret, agentId, now: Date.now },
      fetch: isEmulated ? emulators.fetch(known) : fetch,
    })
  }
  const wecom = (account: WecomAccount): WecomClient => {
    const { baseUrl, corpId, secret, agentId } = account
    const key = JSON.stringify([baseUrl, corpId, secret, agentId])
    const client = clients.get(key) ?? newWecom(account)
    clients.set(key, client)
    return client
  }
  const offered = { demo: [], masterKey: undefined }
  return {
    store,
    now: Date.now,
    bus: createBus(),
    wecom,
    newWecom,
    emulators,
    sandbox: createSandbox(),
    ...offered,
  }
}

/** Looks each second for desks on which something is due; one look at a time. */
function startTicking(deps: Deps): () => Promise<void> {
  let running: Promise<void> | undefined
  const tick = async () => {
    for (const tenant of await desksWithDueTimers(deps)) await fireTimers(deps, tenant)
  }
  const interval = setInterval(() => {
    running ??= tick()
      .catch((error: unknown) => console.error(error))
      .finally(() => (running = undefined))
  }, TICK_MS)
  return async () => {
    clearInterval(interval)
    await running
  }
}

async function listen(
  deps: Deps,
  { host, port }: Config,
): Promise<{ url: string; close: () => Promise<void> }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const app = createApp(deps)
  deps.emulators.attach(app.fetch)
  const server = serve({ fetch: app.fetch, hostname: host, port }, address =>
    resolve(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`),
  )
  server.on('error', reject)
  const url = await promise
  const close = () =>
    new Promise<void>(done => {
      server.close(() => done())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { url, close }
}
