import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deps } from '../../runtime/deps.ts'
import { audited, brokenAt as brokenAtIn, listAudit } from '../../runtime/usecases/audit.ts'
import { checkDesk } from '../../runtime/usecases/check-desk.ts'
import { createDesk } from '../../runtime/usecases/create-desk.ts'
import { handleInbox } from '../../runtime/usecases/handle-inbox.ts'
import { installOf } from '../../runtime/usecases/install-of.ts'
import {
  chooseSettings,
  consentTo,
  goLive,
  installPack,
  mapRoles,
} from '../../runtime/usecases/install-pack.ts'
import { rollBackPack, uninstallPack, whatRemains } from '../../runtime/usecases/install-steps.ts'
import { planInstall } from '../../runtime/usecases/plan-install.ts'
import { showSource } from '../../runtime/usecases/source.ts'
import { addStaff, listStaff } from '../../runtime/usecases/staff.ts'
import { catalogue, takeArchive } from '../../runtime/usecases/take-archive.ts'
import { openTicket, takeTransition } from '../../runtime/usecases/tickets.ts'
import { runActions } from '../../runtime/usecases/run-actions.ts'
import { backToTrial, whatTrialHeld } from '../../runtime/usecases/trial.ts'
import { distrust, listKeys, trustForDesk } from '../../runtime/usecases/trust-key.ts'
import { listVersions } from '../../runtime/usecases/versions.ts'
import { compilePack } from '../../runtime/packs/index.ts'
import { databases } from '../support/database.ts'
import { startDeps } from '../support/deps.ts'
import { until } from '../support/service.ts'
import { refusalOf } from '../support/refusal.ts'
import { shop } from '../support/shop-pack.ts'
import { packMaker } from '../support/signed-pack.ts'

describe('the text of these tests', () => {
  test('is a sound pack', async () => {
    for (const texts of [shop(1), shop(2, { asksMore: true })])
      expect(compilePack(texts).checked.diagnostics.map(({ code, params }) => [code, params])).toEqual([])
  })
})

const maker = packMaker()
const stranger = packMaker()

describe.each(databases())('a tenant on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let deps: Deps
  let clerk: string
  const tenant = 'mine'
  const who = () => ({ tenant, who: { kind: 'staff', id: clerk } as const })

  beforeAll(async () => {
    if (reason) return
    const started = await startDeps(await fresh())
    ends.push(started.stop)
    deps = started.deps
    for (const id of [tenant, 'other'])
      await createDesk(deps, { id, name: id, admin: 'admin', demo: undefined })
    clerk = (await addStaff(deps, tenant, { name: '小店', login: 'xiao' })).id
    await trustForDesk(deps, { tenant, pem: maker.publicKey, name: '店家', by: 'admin' })
  })
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const take = (texts: Record<string, string>, by = maker, at = tenant) =>
    takeArchive(deps, at, by.sign(texts))
  const agree = async (name = 'shop') => {
    const { hash } = await planInstall(deps, tenant, name)
    await consentTo(deps, { tenant, name, hash, by: 'admin' })
  }
  const put = (name = 'shop') => installPack(deps, { tenant, name, by: 'admin' })
  const install = () => installOf(deps, tenant, 'shop')
  const versions = async () => (await listVersions(deps, tenant)).length
  const open = () => {
    const opening = { ticket: '事', entry: 'workbench', customer: null, subject: null }
    return openTicket(deps, who(), { ...opening, fields: { 说明: '坏了', 金额: '50' } })
  }

  test.skipIf(reason)(
    'trusts makers for itself: another desk neither takes nor sees their packs',
    async () => {
      expect(await take(shop(1))).toMatchObject({ name: 'shop', version: 1, maker: '店家' })
      expect((await catalogue(deps, tenant)).map(({ name }) => name)).toEqual(['shop'])
      expect(await catalogue(deps, 'other')).toEqual([])
      expect(await refusalOf(take(shop(1), maker, 'other'))).toBe('pack-unverified')
      expect(await refusalOf(take(shop(2), stranger))).toBe('pack-unverified')
      await trustForDesk(deps, { tenant: 'other', pem: stranger.publicKey, name: '别家', by: 'admin' })
      expect(await take(shop(9), stranger, 'other')).toMatchObject({ version: 9, maker: '别家' })
      expect((await catalogue(deps, tenant)).map(({ version }) => version)).toEqual([1])
      await trustForDesk(deps, { tenant, pem: stranger.publicKey, name: '别家', by: 'admin' })
      expect(await refusalOf(take(shop(10), stranger))).toBe('release-other-maker')
      const { id } = (await listKeys(deps, tenant)).find(({ name }) => name === '别家')!
      await distrust(deps, { tenant, id })
      expect(await refusalOf(distrust(deps, { tenant, id }))).toBe('not-found')
      const bare = stranger.publicKey.split('\n').slice(1, -2).join('')
      expect(await trustForDesk(deps, { tenant, pem: bare, name: '别家', by: 'admin' })).toEqual({ id })
      expect(await refusalOf(take(shop(10), stranger))).toBe('release-other-maker')
      await distrust(deps, { tenant, id })
      expect(await refusalOf(trustForDesk(deps, { tenant, pem: 'x', name: 'x', by: 'admin' }))).toBe(
        'not-a-key',
      )
    },
  )

  test.skipIf(reason)('departments hold roles, also for whoever joins later', async () => {
    await agree()
    expect(await refusalOf(put())).toBe('roles-unmapped')
    await mapRoles(deps, { tenant, name: 'shop', roles: {}, departments: { 店员: ['客服部'] } })
    expect(await refusalOf(put())).toBe('roles-unmapped')
    const joins = await addStaff(deps, tenant, { name: '新人', login: 'new', departments: ['客服部'] })
    await mapRoles(deps, {
      ...{ tenant, name: 'shop', roles: { 店员: [clerk] } },
      departments: { 店员: ['客服部'] },
    })
    const roles = async () =>
      Object.fromEntries((await listStaff(deps, tenant)).map(({ id, roles }) => [id, roles]))
    expect(await roles()).toMatchObject({ [clerk]: ['店员'], [joins.id]: ['店员'], admin: ['admin'] })
    await put()
    expect(await install()).toMatchObject({
      state: 'trial',
      canRollBack: false,
      departments: { 店员: ['客服部'] },
    })
  })

  test.skipIf(reason)('the trial lists what would have gone out, to whom and about what', async () => {
    await deps.store.inTenant(tenant, tx =>
      tx.query(
        `insert into customer (tenant, id, external_id, name, updated_at) values ($1, 'c1', 'wm-1', '林女士', 0)`,
        [tenant],
      ),
    )
    const opening = { ticket: '事', entry: 'workbench', customer: 'c1', subject: null }
    await openTicket(deps, who(), { ...opening, fields: { 说明: '漏水', 金额: '1' } })
    const deadline = Date.now() + 10_000
    let held = await whatTrialHeld(deps, { tenant, name: 'shop' })
    while (!held.counts['notify-customer'] && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 50))
      held = await whatTrialHeld(deps, { tenant, name: 'shop' })
    }
    const mine = held.sends.find(({ act }) => act === 'notify-customer')
    expect(mine).toMatchObject({ to: '林女士', number: 1 })
    expect(mine!.text).toContain('正在处理')
    await goLive(deps, { tenant, name: 'shop', outward: ['notify-staff'] })
    expect(await install()).toMatchObject({ state: 'live', outward: ['notify-staff'] })
    await backToTrial(deps, { tenant, name: 'shop' })
    expect(await install()).toMatchObject({ state: 'trial' })
    await goLive(deps, { tenant, name: 'shop', outward: ['notify-staff'] })
  })

  test.skipIf(reason)(
    'an upgrade that asks for more waits for consent, and the old version goes on',
    async () => {
      await chooseSettings(deps, { tenant, name: 'shop', values: { 上限: '80' } })
      const before = await versions()
      await take(shop(2, { asksMore: true }))
      const { permissions, hash } = await planInstall(deps, tenant, 'shop')
      const more = permissions.filter(({ isNew }) => isNew)
      expect(more.map(({ kind, zh }) => [kind, zh])).toEqual([
        ['call', '扩展动作「查库存」会访问 erp.example.com'],
        ['call', '扩展动作「查库存」会使用密钥 ERP_TOKEN'],
        ['personal', '扩展动作「查库存」会把客户的「单.说明」交给 erp.example.com'],
      ])
      // What was agreed to is there already: installing waits for the new consent, and nothing changes.
      expect(await refusalOf(put())).toBe('already-installed')
      expect([await versions(), (await showSource(deps, tenant)).files['shop.axle']]).toEqual([
        before,
        shop(1)['shop.axle'],
      ])
      await goLive(deps, { tenant, name: 'shop', outward: ['notify-staff'] })
      await agree()
      expect(await install()).toMatchObject({ state: 'live', consented: hash, outward: ['notify-staff'] })
      expect((await install()).running).not.toBe(hash)
      await open()
      expect(await versions()).toBe(before)
    },
  )

  test.skipIf(reason)(
    'a rollback brings back text, consent, settings, roles and acts together, once',
    async () => {
      await chooseSettings(deps, { tenant, name: 'shop', values: { 上限: '300' } })
      await put()
      expect(await install()).toMatchObject({ state: 'trial', canRollBack: true })
      // What the trial holds back of an action is told apart: once switched on it is run in earnest.
      const opening = { ticket: '事', entry: 'workbench', customer: null, subject: null }
      const { id } = await openTicket(deps, who(), { ...opening, fields: { 说明: '漏水', 金额: '1' } })
      await takeTransition(deps, who(), { id, node: '审核', event: '查', fields: {} })
      const held = async () => {
        await runActions(deps, tenant)
        return (await whatTrialHeld(deps, { tenant, name: 'shop' })).waiting
      }
      await until(async () => (await held())['action:erp.查'] === 1, 'the run that is held')
      await goLive(deps, { tenant, name: 'shop', outward: ['notify-staff', 'action:erp.查'] })
      expect(await refusalOf(goLive(deps, { tenant, name: 'shop', outward: ['action:没有'] }))).toBe(
        'unknown-act',
      )
      await rollBackPack(deps, { tenant, name: 'shop', by: 'admin' })
      expect(await install()).toMatchObject({
        ...{ state: 'live', outward: ['notify-staff'], settings: { 上限: '80' }, canRollBack: false },
        ...{ roles: { 店员: [clerk] }, departments: { 店员: ['客服部'] } },
      })
      expect((await showSource(deps, tenant)).files['shop.axle']).toBe(shop(1)['shop.axle'])
      const [consent] = await deps.store.inTenant(tenant, tx =>
        tx.query<{ permissions: string[] }>(`select consent->'permissions' as permissions from desk_install`),
      )
      expect(consent!.permissions.join()).not.toContain('erp.example.com')
      expect(await refusalOf(rollBackPack(deps, { tenant, name: 'shop', by: 'admin' }))).toBe(
        'nothing-before',
      )
      // And forward again: the newer release asks for its consent once more.
      await agree()
      await put()
      expect(await install()).toMatchObject({ state: 'trial', canRollBack: true })
      await rollBackPack(deps, { tenant, name: 'shop', by: 'admin' })
      expect((await showSource(deps, tenant)).files['shop.axle']).toBe(shop(1)['shop.axle'])
    },
  )

  test.skipIf(reason)('a pack of the same names is refused before anything is written', async () => {
    const bank = shop(1, { name: 'bank' })['bank.axle']!
    const settings = 'enum 口吻 { 亲切 "亲切些", 正式 }\nsetting 语气 "语气": 口吻 default 亲切\n'
    await take({ 'bank.axle': bank.replace('role 店员', `${settings}role 店员`) })
    const plan = await planInstall(deps, tenant, 'bank')
    expect(plan.clashes.map(({ zh }) => zh)).toEqual(['工单「事」与「店」的同名', '表单「单」与「店」的同名'])
    expect(plan.settings['语气']!.choices).toEqual([
      { value: '亲切', label: '亲切些' },
      { value: '正式', label: '正式' },
    ])
    const before = await versions()
    expect(await refusalOf(agree('bank'))).toBe('packs-clash')
    expect(await refusalOf(put('bank'))).toBe('consent-missing')
    const rows = await deps.store.inTenant(tenant, tx => tx.query('select pack from desk_install'))
    expect([rows, await versions()]).toEqual([[{ pack: 'shop' }], before])
  })

  test.skipIf(reason)(
    'uninstalling keeps what was made, lets tickets in flight end, and opens no more',
    async () => {
      const { id } = await open()
      // What the ticket told is on its way meanwhile, by jobs of their own.
      const left = await until(async () => {
        const remains = await whatRemains(deps, { tenant, name: 'shop' })
        return remains.sends === 0 && remains
      }, 'nothing on its way')
      expect(left.openTickets).toBeGreaterThan(0)
      expect(await uninstallPack(deps, { tenant, name: 'shop' })).toEqual(left)
      expect(await install()).toMatchObject({ state: 'uninstalled', running: null, canRollBack: false })
      expect(await refusalOf(open())).toBe('uninstalled')
      await deps.store.inTenant(tenant, tx =>
        tx.query(
          `insert into inbox (tenant, channel, message_id, account, received_at, data)
         values ($1, 'wecom', 'm1', 'wk', 0, '{"externalUserId": "wm-9", "text": "在吗", "sendTime": 1}')`,
          [tenant],
        ),
      )
      expect(await handleInbox(deps, tenant)).toBe(0)
      const taken = await takeTransition(deps, who(), { id, node: '审核', event: '好', fields: {} })
      expect(taken.outcome).toBe('完.好')
      // Another pack waits for the tickets that are still in flight, then comes.
      expect(await refusalOf(agree('bank'))).toBe('packs-clash')
      expect(await refusalOf(uninstallPack(deps, { tenant, name: 'bank' }))).toBe('not-found')
      // The same pack may come back, and what was written meanwhile becomes a ticket.
      await agree()
      await put()
      expect((await install()).state).toBe('trial')
      await expect
        .poll(async () => {
          const rows = await deps.store.inTenant(tenant, tx =>
            tx.query<{ ticket: string | null }>(
              `select ticket_id as ticket from inbox where message_id = 'm1'`,
            ),
          )
          return rows[0]!.ticket
        })
        .not.toBeNull()
    },
  )

  test.skipIf(reason)(
    'whatever is done and refused leaves one chained row, and tampering is found',
    async () => {
      const act = { tenant, actor: 'admin', action: 'post /api/packs', target: '' }
      await audited(deps, act, async () => 1)
      const refused = audited(deps, act, () => take(shop(1), stranger))
      expect(await refusalOf(refused)).toBe('pack-unverified')
      await audited(deps, act, async () => 1)
      const { rows, brokenAt } = await listAudit(deps, tenant)
      expect(brokenAt).toBeNull()
      expect(rows.map(({ data }) => data)).toEqual([
        { outcome: 'done' },
        { outcome: 'refused', code: 'pack-unverified', state: 'unknown-key' },
        { outcome: 'done' },
      ])
      const [{ seq: last } = { seq: 0 }] = rows
      const tampers: readonly string[] = [
        `update audit set data = '{"outcome": "done"}' where seq = ${last - 1}`,
        `update audit set actor = 'somebody' where seq = ${last}`,
        `update audit set at = at + 1 where seq = ${last - 1}`,
        `delete from audit where seq = ${last - 1}`,
        `delete from audit where seq = ${last}`,
        `update audit set seq = seq + 1 where seq = ${last}`,
      ]
      for (const tamper of tampers) {
        const undo = new Error('undo')
        const found = deps.store.asOwner(async tx => {
          await tx.query('alter table audit disable trigger user')
          await tx.query(tamper)
          await tx.query(
            `select set_config('app.tenant', $1, true), set_config('role', 'axle_tenant', true)`,
            [tenant],
          )
          expect(await brokenAtIn(tx, tenant), tamper).not.toBeNull()
          throw undo
        })
        await expect(found).rejects.toBe(undo)
      }
      expect((await listAudit(deps, tenant)).brokenAt).toBeNull()
    },
  )

  test.skipIf(reason)('the record names whom and what was acted on, not their ids', async () => {
    const [{ id, name } = { id: '', name: '' }] = await listStaff(deps, tenant)
    for (const [action, target] of [
      ['put /api/staff/:id', id],
      ['post /api/packs/:pack/live', 'shop'],
    ] as const)
      await audited(deps, { tenant, actor: 'admin', action, target }, async () => 1)
    const { rows, brokenAt } = await listAudit(deps, tenant)
    expect(rows.slice(0, 2).map(({ target }) => target)).toEqual(['店', name])
    expect(brokenAt).toBeNull()
  })

  test.skipIf(reason)(
    'the check-up says what fails and what to do, and nothing where all is well',
    async () => {
      const found = async () =>
        Object.fromEntries((await checkDesk(deps, tenant)).map(one => [one.check, one]))
      const first = await found()
      expect(first.wecom).toMatchObject({ state: 'fail', page: '/admin/connect' })
      expect(first.pack).toMatchObject({ state: 'warn' })
      expect(first.pack!.says.zh).toContain('试运行')
      expect(first).toMatchObject({
        jobs: { state: 'pass' },
        roles: { state: 'pass' },
        audit: { state: 'pass' },
      })
      expect(first.reach!.says.zh).toContain('小店')
      expect(first.backup).toMatchObject({ state: 'warn' })
      await deps.store.inTenant(tenant, async tx => {
        await tx.query(`update staff set roles = '{}', wecom_user = login`)
        await tx.query(
          `insert into timer (tenant, id, due_at, kind, ref) values ($1, 'late', 1, 'none', '{}')`,
          [tenant],
        )
      })
      const second = await found()
      expect(second).toMatchObject({
        ...{ roles: { state: 'fail' }, timers: { state: 'fail' }, reach: { state: 'pass' } },
      })
      expect(second.roles!.says).toEqual({
        zh: '没有人担任：店员。这些节点上的工单没人能办。',
        en: 'Nobody holds: 店员. Tickets at their nodes cannot be worked.',
      })
      for (const { says, todo, state } of Object.values(second)) {
        expect(says.zh + says.en + (todo?.zh ?? '') + (todo?.en ?? '')).not.toMatch(/\{\w+\}/)
        if (state !== 'pass') expect(todo).not.toBeNull()
      }
    },
  )
})
