import { createHash, randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { corpIdOf, EMULATOR_ACCOUNT, EMULATOR_URL } from '../emulator.ts'
import type { Tx } from '../store/index.ts'
import { checkStep, clickInEmulator } from './connect-wecom.ts'
import { publicUrl } from './customer-link.ts'
import { loadDesk } from '../store/load-desk.ts'
import { Problem } from './problem.ts'
import { connectWecom, disconnectWecom, wecomAccount } from './wecom-account.ts'

/**
 * Connects a desk that has no WeCom yet to one of this process, to try things on, and proves `origin`, where it is asked from, as
 * the service's address: nobody but who tries things out has to reach it. Throws Problem.
 */
export async function startEmulator(
  deps: Deps,
  { tenant, origin }: { tenant: string; origin: string | undefined },
): Promise<void> {
  await plugIn(deps, tenant)
  await proveEmulated(deps, { tenant, origin })
}

/** Lets an emulated WeCom call back at an address, as a real one proves it. What is proved already stays, but on a demo, which may move. */
export async function proveEmulated(
  deps: Deps,
  { tenant, origin }: { tenant: string; origin: string | undefined },
): Promise<void> {
  if (origin === undefined) return
  const account = await deps.store.inTenant(tenant, async tx => {
    const connected = await wecomAccount(tx)
    if (connected?.baseUrl !== EMULATOR_URL) return undefined
    const proved = await publicUrl(tx)
    const isDemo = (await loadDesk(tx))?.demo === true
    return proved === undefined || (isDemo && proved !== origin) ? connected : undefined
  })
  if (!account) return
  const { token, aesKey } = account
  await checkStep(deps, { tenant, step: 'callback', typed: { publicUrl: origin, token, aesKey } })
  await clickInEmulator(deps, { tenant, click: 'callback' })
}

function plugIn(deps: Deps, tenant: string): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const account = await wecomAccount(tx)
    if (account?.baseUrl === EMULATOR_URL) return
    if (account) throw new Problem('emulator-taken', 409)
    // Why: what was typed for a real one would lie over the emulated one.
    await disconnectWecom(tx)
    await connectToEmulator(tx, tenant)
  })
}

/** Takes the emulated WeCom off again, so that a real one can be connected. Throws Problem where there is none. */
export function stopEmulator(deps: Deps, tenant: string): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    if ((await wecomAccount(tx))?.baseUrl !== EMULATOR_URL) throw new Problem('no-emulator', 404)
    await disconnectWecom(tx)
  })
}

/** Connects a desk to a WeCom of this process. */
export function connectEmulator(deps: Pick<Deps, 'store'>, tenant: string): Promise<void> {
  return deps.store.inTenant(tenant, tx => connectToEmulator(tx, tenant))
}

function connectToEmulator(tx: Tx, tenant: string): Promise<void> {
  return connectWecom(tx, {
    ...{ account: EMULATOR_ACCOUNT, baseUrl: EMULATOR_URL, corpId: corpIdOf(tenant), agentId: 1 },
    ...{ secret: randomBytes(16).toString('hex'), token: randomBytes(12).toString('hex') },
    aesKey: `${createHash('sha512').update(randomBytes(32)).digest('base64').replace(/[+/]/g, 'x').slice(0, 42)}A`,
  })
}
