import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DemoDesk } from '#core/wire'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { createDesk } from '../usecases/create-desk.ts'
import { customerLink } from '../usecases/customer-link.ts'
import { goLive, outwardActs } from '../usecases/install-pack.ts'
import { linkCustomer } from '../usecases/link-customer.ts'
import { putRecord } from '../usecases/records.ts'
import { sendOutbox } from '../usecases/send-outbox.ts'
import { acceptInvite } from '../usecases/sessions.ts'
import { connectEmulator } from '../usecases/connect-emulator.ts'
import { hire, installFolder } from './equip.ts'
import { makeHistory } from './history.ts'
import { education } from './education.ts'
import { manufacturing } from './manufacturing.ts'
import { ADMIN, people } from './people.ts'
import { retail } from './retail.ts'
import type { Story } from './story.ts'

const packFolder = (pack: string) => fileURLToPath(new URL(`../../plugins/${pack}`, import.meta.url))
const stories: readonly Story[] = [retail, manufacturing, education]
/** A Monday morning of a week without holidays: the demo is the same whenever it is made. */
const STARTS_AT = Date.parse('2026-03-02T09:00+08:00')

type Say = (line: string) => void

/**
 * The demo's desks: made at the first start, from the pack's text to three days of history, by the use cases everybody
 * else uses; found again later. Empty when the data holds other desks. Throws Problem.
 */
export async function demoOf(deps: Deps, { dataDir }: Config, say: Say): Promise<DemoDesk[]> {
  const file = join(dataDir, 'demo.json')
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as DemoDesk[]
  const desks = await deps.store.asOwner(tx => tx.query('select tenant from tenant_index limit 1'))
  if (desks.length > 0) {
    say(
      '演示数据没有加载：数据里已有企业；要重新演示，请换一个 AXLE_DATA。 No demo: the data already holds a desk.',
    )
    return []
  }
  say('首次启动，正在准备演示企业 … First start: making the demo desks …')
  const realNow = deps.now()
  const made: DemoDesk[] = []
  for (const story of stories)
    made.push(await makeDesk({ ...deps, now: () => realNow }, story, { dataDir, say }))
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}

async function makeDesk(
  deps: Deps,
  story: Story,
  { dataDir, say }: { dataDir: string; say: Say },
): Promise<DemoDesk> {
  const { tenant, name } = story
  const password = randomBytes(9).toString('base64url')
  const demo = { startsAt: STARTS_AT }
  const { token } = await createDesk(deps, { id: tenant, name, admin: ADMIN, demo })
  await acceptInvite(deps, { token, password })
  const holders = await hire(deps, { tenant, staff: story.staff, password })
  say(`${name}`)
  say('  员工已就位 staff in every role')
  await installFolder(deps, { tenant, folder: packFolder(story.pack), dataDir, holders })
  say('  行业包：打包、签名、核验、安装（试运行） pack built, signed, verified, installed in trial')
  await addRecords(deps, story)
  let told = 0
  const ids = await makeHistory(deps, {
    ...{ story, holders, startsAt: STARTS_AT },
    say: done => {
      if (done < told + 10) return
      told = done
      say(`  历史工单 ${done} / 30 tickets of history`)
    },
  })
  // Why: the pack is still in trial, so history is kept back and no phone rings for what is long past.
  await sendOutbox(deps, tenant)
  await connectEmulator(deps, tenant)
  await goLive(deps, { tenant, name: story.pack, outward: outwardActs })
  const link = customerLink(deps, { tenant, ticket: ids.at(-1)! })
  return {
    ...{ desk: tenant, name, password, customerPage: link === undefined ? null : `/c/${link}` },
    logins: [
      { login: ADMIN, name: ADMIN, roles: ['admin'] },
      ...story.staff.map(({ login, name, roles }) => ({ login, name, roles })),
    ],
  }
}

async function addRecords(deps: Deps, { tenant, customers, records }: Story): Promise<void> {
  for (const { key, data } of customers) {
    await putRecord(deps, tenant, { entity: 'customer', key, data })
    const { externalId } = people.find(person => person.key === key)!
    await linkCustomer(deps, tenant, { customer: key, externalId })
  }
  for (const { entity, rows } of records)
    for (const { key, data } of rows) await putRecord(deps, tenant, { entity, key, data })
}
