import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deps } from '../../runtime/deps.ts'
import { handlersOf } from '../../runtime/handlers/index.ts'
import { declareQueues } from '../../runtime/jobs/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore } from '../../runtime/store/index.ts'
import { listAudit } from '../../runtime/usecases/audit.ts'
import { decideConflict } from '../../runtime/usecases/decide-conflict.ts'
import { installOf } from '../../runtime/usecases/install-of.ts'
import { chooseSettings, consentTo, installPack } from '../../runtime/usecases/install-pack.ts'
import { planInstall } from '../../runtime/usecases/plan-install.ts'
import type { Problem } from '../../runtime/usecases/problem.ts'
import { saveSource, showSource } from '../../runtime/usecases/source.ts'
import { catalogue, readArchive, takeArchive } from '../../runtime/usecases/take-archive.ts'
import { openTicket } from '../../runtime/usecases/tickets.ts'
import { upgradeDesk } from '../../runtime/usecases/upgrade-desk.ts'
import { desksRunning, upgradeFleet, type FleetRow } from '../../runtime/usecases/upgrade-fleet.ts'
import { databases, freshDataDir } from '../support/database.ts'
import { startDeps } from '../support/deps.ts'
import { deskWith, rewrite } from '../support/fleet.ts'
import { priced, rowOf } from '../support/priced-pack.ts'
import { axle, startAxle } from '../support/service.ts'
import { packMaker } from '../support/signed-pack.ts'

const maker = packMaker()
const first = maker.sign(priced(1))

describe.each(databases())('many desks with one pack on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let deps: Deps
  const clerks: Record<string, string> = {}

  beforeAll(async () => {
    if (reason) return
    const started = await startDeps(await fresh(), { works: false })
    ends.push(started.stop)
    deps = started.deps
    for (const tenant of ['apart', 'both', 'clean', 'failing', 'headless'])
      clerks[tenant] = (
        await deskWith(deps, { tenant, maker, archive: first, outward: ['notify-staff'] })
      ).clerk
    clerks['trying'] = (await deskWith(deps, { tenant: 'trying', maker, archive: first })).clerk
  })
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const writes = (tenant: string, from: string, to: string) =>
    rewrite(deps, { tenant, by: clerks[tenant]!, file: 'shop.axle', from, to })
  const text = async (tenant: string) => (await showSource(deps, tenant)).files['shop.axle']!
  const run = async (
    given: { tenants?: string[]; isDryRun?: boolean; isLiveAsBefore?: boolean } = {},
  ): Promise<Record<string, FleetRow>> => {
    const tenants = given.tenants ?? (await desksRunning(deps, 'shop'))
    const say = ({ code }: Problem) => ({ zh: code, en: code })
    const options = { isDryRun: false, isLiveAsBefore: true, ...given, tenants, name: 'shop', by: 'cli' }
    const rows: FleetRow[] = []
    for await (const row of upgradeFleet(deps, { ...options, say })) rows.push(row)
    return Object.fromEntries(rows.map(row => [row.tenant, row]))
  }
  const outcomes = (rows: Record<string, FleetRow>) =>
    Object.fromEntries(Object.entries(rows).map(([tenant, { outcome }]) => [tenant, outcome]))
  const installed = (tenant: string) => installOf(deps, tenant, 'shop')

  test.skipIf(reason)('are unchanged while there is nothing newer', async () => {
    const rows = await run()
    expect(new Set(Object.values(outcomes(rows)))).toEqual(new Set(['unchanged']))
    expect(Object.keys(rows)).toEqual(['apart', 'both', 'clean', 'failing', 'headless', 'trying'])
  })

  const bring = async (tenant: string, version: number, isDryRun = false) =>
    upgradeDesk(deps, {
      ...{ tenant, name: 'shop', by: 'cli', isDryRun, isLiveAsBefore: true },
      release: await readArchive(deps, tenant, maker.sign(priced(version, { 中: '¥22' }))),
    })

  test.skipIf(reason)(
    'are tried with an archive that nobody took in, and nothing is kept of it',
    async () => {
      expect(await bring('clean', 2, true)).toMatchObject({ outcome: 'ready', from: 1, to: 2 })
      expect((await catalogue(deps, 'clean')).map(({ version }) => version)).toEqual([1])
      expect(await text('clean')).toContain('version 1')
    },
  )

  test.skipIf(reason)(
    'whose text holds what was never published keep their version, and are told so',
    async () => {
      const { files, revision } = await showSource(deps, 'clean')
      const own = { 'shop.axle': files['shop.axle']!.replace('24h', '12h') }
      const saved = await saveSource(deps, { tenant: 'clean', revision, files: own })
      const { outcome, because } = await bring('clean', 2)
      expect([outcome, because[0]!.zh]).toEqual(['draft', expect.stringContaining('没发布的修改')])
      await saveSource(deps, { tenant: 'clean', revision: saved.revision, files })
    },
  )

  test.skipIf(reason)(
    'get a new price table each with the rows it changed itself; only a row that both changed is a conflict',
    async () => {
      await writes('apart', rowOf('低', '¥10'), rowOf('低', '¥11'))
      await writes('both', rowOf('中', '¥20'), rowOf('中', '¥21'))
      await writes('failing', '  | 高 || ¥30 |\n}\ntest', '  | 高 || ¥31 |\n}\ntest')
      await deps.store.inTenant('headless', tx => tx.query(`update staff set roles = '{admin}'`))
      // One desk sees the archive; the others trust its maker.
      await takeArchive(deps, 'clean', maker.sign(priced(2, { 中: '¥22' })))

      const dry = await run({ isDryRun: true })
      const expected = {
        ...{ apart: 'ready', both: 'conflicts', clean: 'ready', failing: 'tests' },
        ...{ headless: 'error', trying: 'ready' },
      }
      expect(outcomes(dry)).toEqual(expected)
      expect(await text('clean')).toContain('version 1')

      // What breaks in the middle of one desk leaves it as it was and stops no other.
      await deps.store.asOwner(async tx => {
        await tx.query(`create function break_apart() returns trigger language plpgsql as
          $$ begin raise exception 'the disk is full'; end $$`)
        await tx.query(`create trigger break_apart before insert on install_step for each row
          when (new.tenant = 'apart') execute function break_apart()`)
      })
      const broken = await run({ tenants: ['apart', 'both'] })
      expect(outcomes(broken)).toEqual({ apart: 'error', both: 'conflicts' })
      expect(broken['apart']!.because[0]!.zh).toContain('the disk is full')
      expect(await text('apart')).toContain('version 1')
      const { running, consented, state } = await installed('apart')
      expect([state, consented]).toEqual(['live', running])
      await deps.store.asOwner(tx => tx.query('drop trigger break_apart on install_step'))

      // Somebody saves a text between the plan and the installation: it is looked at again next time.
      const inTenant = deps.store.inTenant
      let calls = 0
      const store = Object.assign(Object.create(deps.store) as typeof deps.store, {
        inTenant: async (...given: Parameters<typeof inTenant>) => {
          const answer = await inTenant.apply(deps.store, given)
          if (++calls === 1)
            await inTenant.call(deps.store, 'clean', tx =>
              tx.query('update desk_source set revision = revision + 1'),
            )
          return answer
        },
      })
      const upgrading = upgradeDesk(
        { ...deps, store },
        {
          ...{ tenant: 'clean', name: 'shop', by: 'cli', isDryRun: false, isLiveAsBefore: true },
        },
      )
      await expect(upgrading).rejects.toMatchObject({ code: 'plan-outdated' })

      // Interrupted after two desks, and begun again.
      await run({ tenants: ['apart', 'both'] })
      const rows = await run()
      expect(outcomes(rows)).toEqual({
        ...expected,
        apart: 'unchanged',
        clean: 'upgraded',
        trying: 'upgraded',
      })
      expect(rows['both']!.because).toEqual([
        {
          zh: '表「收费」 › 行 中: 本企业和新版都改了',
          en: 'table “收费” › row 中: changed by the desk and by the new release',
        },
      ])
      expect(rows['failing']!.because).toHaveLength(1)
      expect(rows['headless']!.because[0]!.zh).toBe('roles-unmapped')
      expect(await text('apart')).toContain(`${rowOf('低', '¥11')}\n  ${rowOf('中', '¥22')}`)
      for (const kept of ['both', 'failing', 'headless']) expect(await text(kept)).toContain('version 1')

      // What was on stays on, and who was in trial stays in trial.
      expect(await installed('apart')).toMatchObject({ state: 'live', outward: ['notify-staff'] })
      expect(await installed('trying')).toMatchObject({ state: 'trial', outward: [] })
      const { rows: audit } = await listAudit(deps, 'clean')
      expect(audit[0]).toMatchObject({ actor: 'cli', action: 'upgrade', data: { outcome: 'done' } })
    },
  )

  test.skipIf(reason)('are upgraded once what stood in the way is decided, mended or held', async () => {
    const { hash, merge } = await planInstall(deps, 'both', 'shop')
    const { place } = merge!.conflicts[0]!
    const decision = { tenant: 'both', name: 'shop', by: 'admin', hash, place }
    await decideConflict(deps, { ...decision, choice: { how: 'keep' } })
    await deps.store.inTenant('headless', tx => tx.query(`update staff set roles = '{店员}'`))
    const rows = await run({ isLiveAsBefore: false })
    expect(outcomes(rows)).toMatchObject({ both: 'upgraded', headless: 'upgraded', failing: 'tests' })
    expect(await text('both')).toContain(rowOf('中', '¥21'))
    // Without being told to go on as before, a pack starts silent.
    expect(await installed('both')).toMatchObject({ state: 'trial', outward: [] })
  })

  test.skipIf(reason)(
    'that change what a test of the pack counts on are not upgraded, by nobody, and are told which test',
    async () => {
      const { hash, merge } = await planInstall(deps, 'failing', 'shop')
      expect(merge!.broken).toHaveLength(1)
      await consentTo(deps, { tenant: 'failing', name: 'shop', hash, by: 'admin' })
      const put = () => installPack(deps, { tenant: 'failing', name: 'shop', by: 'admin' })
      await expect(put()).rejects.toMatchObject({
        code: 'upgrade-breaks',
        params: { tests: merge!.broken[0] },
      })
      await writes('failing', '  |----||----|\n  | 高 || ¥30 |', '  |----||----|\n  | 高 || ¥31 |')
      await put()
      expect(await text('failing')).toContain('version 2')
    },
  )

  test.skipIf(reason)('are never brought to an older release', async () => {
    await expect(bring('clean', 1)).rejects.toMatchObject({ code: 'release-older' })
  })

  test.skipIf(reason)(
    'wait for consent where a release asks for a host, and their old version keeps working',
    async () => {
      await takeArchive(deps, 'clean', maker.sign(priced(3, { 中: '¥22', asksMore: true })))
      const rows = await run()
      expect(new Set(Object.values(outcomes(rows)))).toEqual(new Set(['waits']))
      const asked = rows['clean']!.because.map(({ zh }) => zh)
      expect(asked).toContain('扩展动作「查库存」会访问 erp.example.com')
      expect(asked).toHaveLength(3)
      expect(await installed('clean')).toMatchObject({ state: 'live', outward: ['notify-staff'] })
      const who = { tenant: 'clean', who: { kind: 'staff', id: clerks['clean']! } as const }
      const opening = { ticket: '事', entry: 'workbench', customer: null, subject: null }
      const { id } = await openTicket(deps, who, { ...opening, fields: { 说明: '漏水', 金额: '5' } })
      expect(id).not.toBe('')
      expect(await text('clean')).toContain('version 2')

      // Somebody agreed: it comes, and is silent, since more is asked than what was on was agreed to for.
      const { hash } = await planInstall(deps, 'clean', 'shop')
      await consentTo(deps, { tenant: 'clean', name: 'shop', hash, by: 'admin' })
      const agreed = await run({ tenants: ['clean', 'nobody'] })
      expect(outcomes(agreed)).toEqual({ clean: 'upgraded', nobody: 'error' })
      const [kept] = await deps.store.inTenant('clean', tx =>
        tx.query<{ by: string }>(`select consent->>'by' as by from desk_install`),
      )
      expect(kept!.by).toBe('admin')
      expect(await installed('clean')).toMatchObject({ state: 'trial', outward: [] })
    },
  )

  test.skipIf(reason)('are tested with their own settings', async () => {
    const strict = priced(4, { 中: '¥22', asksMore: true })
    await chooseSettings(deps, { tenant: 'clean', name: 'shop', values: { 上限: '7' } })
    const story = `test "五元当场办" {
  at     2026-03-02 09:00
  create 事 { 说明: "坏了", 金额: ¥9 }
  do     审核.查 as 店员
  expect 事 in 查询
}
`
    const archive = maker.sign({ ...strict, 'shop.axle': strict['shop.axle']! + story })
    await takeArchive(deps, 'clean', archive)
    const rows = await run({ tenants: ['clean'], isDryRun: true })
    expect(rows['clean']).toMatchObject({ outcome: 'tests', because: [{ zh: '五元当场办' }] })
  })
})

/** Data of its own with these desks on the first release, and an archive of the second. */
async function desksOnDisk(tenants: readonly string[]) {
  const options = { dataDir: freshDataDir() }
  const store = await openStore(options)
  const deps = createDeps(store)
  await declareQueues(store.boss, Object.keys(handlersOf(deps)))
  for (const tenant of tenants) await deskWith(deps, { tenant, maker, archive: first })
  await deps.sandbox.close()
  await store.close()
  const path = join(mkdtempSync(join(tmpdir(), 'axle-')), 'shop.axlepack')
  writeFileSync(path, maker.sign(priced(2, { 中: '¥22' })))
  return { options, path }
}

test('axle upgrade brings the desks named to an archive and says what became of each', async () => {
  const { options, path } = await desksOnDisk(['east', 'west'])
  const none = axle(options, 'upgrade', path, '--tenants', 'east,none', '--lang', 'en')
  expect([none.status, none.stdout]).toEqual([2, ''])
  expect(none.stderr).toContain('There is no desk none; make it: axle tenant create none')
  const one = axle(options, 'upgrade', path, '--tenants', 'east', '--json')
  const { desks, counts, left } = JSON.parse(one.stdout)
  expect(desks.map((row: FleetRow) => [row.tenant, row.outcome])).toEqual([['east', 'upgraded']])
  expect([one.status, counts.upgraded, left]).toEqual([0, 1, 0])
  const all = axle(options, 'upgrade', 'shop', '--tenants', 'all')
  expect([all.status, all.stderr]).toEqual([0, ''])
  expect(all.stdout).toBe('east: 已是最新 2 → 2\nwest: 已升级 1 → 2，试运行中\n已升级 1，已是最新 1\n')
  expect(axle(options, 'upgrade', 'nothing', '--tenants', 'all').status).toBe(2)
}, 60_000)

test('axle upgrade that is interrupted finishes the desk at hand, and goes on where it was when it runs again', async () => {
  const tenants = Array.from({ length: 20 }, (_, index) => `d${index + 10}`)
  const { options, path } = await desksOnDisk(tenants)
  const running = startAxle(options, 'upgrade', path, '--tenants', 'all')
  let told = ''
  running.stdout!.on('data', chunk => {
    if (told === '') running.kill('SIGINT')
    told += String(chunk)
  })
  const [code] = (await once(running, 'close')) as [number]
  const done = told.split('\n').filter(line => line.includes('已升级 1 → 2')).length
  expect(code).toBe(1)
  expect(done).toBeGreaterThan(0)
  expect(told).toContain(`已升级 ${done}，未处理 ${tenants.length - done}\n`)
  const rest = JSON.parse(axle(options, 'upgrade', 'shop', '--tenants', 'all', '--json').stdout)
  expect(rest.counts).toMatchObject({ unchanged: done, upgraded: tenants.length - done })
}, 60_000)
