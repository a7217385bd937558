import { createHash, randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { corpIdOf, EMULATOR_ACCOUNT, EMULATOR_URL } from '../emulator.ts'
import type { Tx } from '../store/index.ts'
import { Problem } from './problem.ts'
import { connectWecom, disconnectWecom, wecomAccount } from './wecom-account.ts'

/** Connects a desk that has no WeCom yet to one of this process, to try things on. Throws Problem. */
export function startEmulator(deps: Deps, tenant: string): Promise<void> {
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
