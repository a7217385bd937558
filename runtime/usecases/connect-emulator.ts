import { createHash, randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { corpIdOf, EMULATOR_ACCOUNT, EMULATOR_URL } from '../emulator.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { Problem } from './problem.ts'
import { connectWecom, wecomAccount } from './wecom-account.ts'

/** Connects a demo desk that has no WeCom yet to one of this process. Throws Problem. */
export function startEmulator(deps: Deps, tenant: string): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    if (!(await loadDesk(tx))?.demo) throw new Problem('emulator-demo-only', 409)
    const account = await wecomAccount(tx)
    if (account?.baseUrl === EMULATOR_URL) return
    if (account) throw new Problem('emulator-taken', 409)
    await connectToEmulator(tx, tenant)
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
