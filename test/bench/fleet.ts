import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPack } from '../../runtime/commands/source.ts'
import { handlersOf } from '../../runtime/handlers/index.ts'
import { declareQueues } from '../../runtime/jobs/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore } from '../../runtime/store/index.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { desksRunning, upgradeFleet } from '../../runtime/usecases/upgrade-fleet.ts'
import { deskWith, rewrite } from '../support/fleet.ts'
import { packMaker } from '../support/signed-pack.ts'
import type { Figure } from './measure.ts'

const FILE = 'plugins/manufacturing/prices.axle'
const SIZES = [10, 30, 100]
/** So many desks come to one that has a text of its own. */
const OWN_EACH = 10

/**
 * So many desks with the manufacturing pack brought from one release to the next on the embedded database, one in ten with a
 * price of its own: plan, the pack's tests, consent, installation, acts as before. The ratio is how the cost of a desk grew
 * since the size before: 1 is linear.
 */
export async function fleet(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'axle-bench-'))
  const store = await openStore({ dataDir })
  const deps = createDeps(store)
  const maker = packMaker()
  const first = await readPack('plugins/manufacturing')
  // A release differs in its number and in one row that no desk changed and no test is about.
  const release = (version: number) => {
    const file = Object.keys(first).find(path => first[path]!.includes('pack manufacturing'))!
    const texts = { ...first, [file]: first[file]!.replace('version 1 ', `version ${version} `) }
    return maker.sign({
      ...texts,
      [FILE]: texts[FILE]!.replace('| T5     || 95%', `| T5     || ${95 - version}%`),
    })
  }
  try {
    await declareQueues(store.boss, Object.keys(handlersOf(deps)))
    const archive = maker.sign(first)
    for (let number = 0; number < Math.max(...SIZES); number++) {
      const tenant = `desk-${String(number).padStart(3, '0')}`
      const { clerk } = await deskWith(deps, { tenant, maker, archive, outward: ['notify-staff'] })
      const row = { from: '| T7     || 85%', to: '| T7     || 84%' }
      if (number % OWN_EACH === 0) await rewrite(deps, { tenant, by: clerk, file: FILE, ...row })
    }
    const tenants = await desksRunning(deps, 'manufacturing')
    const figures: Figure[] = []
    for (const [index, size] of SIZES.entries()) {
      await takeArchive(deps, tenants[0]!, release(index + 2))
      figures.push(await measured(deps, tenants.slice(0, size), figures.at(-1)))
    }
    return figures
  } finally {
    await deps.sandbox.close()
    await store.close()
  }
}

async function measured(
  deps: ReturnType<typeof createDeps>,
  tenants: readonly string[],
  before: Figure | undefined,
): Promise<Figure> {
  const options = { name: 'manufacturing', by: 'cli', isDryRun: false, isLiveAsBefore: true }
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  const say = ({ code }: { readonly code: string }) => ({ zh: code, en: code })
  for await (const row of upgradeFleet(deps, { ...options, tenants, say }))
    if (row.outcome !== 'upgraded') throw new Error(JSON.stringify(row))
  const { user, system } = process.cpuUsage(cpu)
  const [ms, wall] = [(user + system) / 1000, performance.now() - begun]
  const perSecond = (tenants.length * 1000) / ms
  return {
    name: `${tenants.length} desks: ${Math.round(ms)} ms CPU, ${Math.round(wall)} ms wall`,
    perSecond,
    ratio: before === undefined ? 1 : before.perSecond / perSecond,
  }
}
