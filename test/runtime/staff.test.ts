import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { unstaffed } from '#core/routing'
import type { Deps } from '../../runtime/deps.ts'
import { changeStaff, newLink, removeStaff } from '../../runtime/usecases/change-staff.ts'
import { checkDesk } from '../../runtime/usecases/check-desk.ts'
import { startEmulator, stopEmulator } from '../../runtime/usecases/connect-emulator.ts'
import { createDesk } from '../../runtime/usecases/create-desk.ts'
import { emulatorLog, writeAsCustomer } from '../../runtime/usecases/emulate.ts'
import { installOf } from '../../runtime/usecases/install-of.ts'
import { consentTo, installPack, mapRoles } from '../../runtime/usecases/install-pack.ts'
import { planInstall } from '../../runtime/usecases/plan-install.ts'
import { acceptInvite, logIn, sessionOf } from '../../runtime/usecases/sessions.ts'
import { showTicket } from '../../runtime/usecases/show-ticket.ts'
import { addStaff } from '../../runtime/usecases/staff.ts'
import { staffing } from '../../runtime/usecases/staffing.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { openTicket } from '../../runtime/usecases/tickets.ts'
import { trustForDesk } from '../../runtime/usecases/trust-key.ts'
import { databases } from '../support/database.ts'
import { startDeps } from '../support/deps.ts'
import { refusalOf } from '../support/refusal.ts'
import { shop } from '../support/shop-pack.ts'
import { blueprintOf, packMaker } from '../support/signed-pack.ts'

const tenant = 'shop'
const maker = packMaker()
const PASSWORD = 'correct horse battery'

/** The shop whose tickets go to a team by the amount. */
const routed = {
  'shop.axle': `${shop(1)['shop.axle']!.replace('role 店员', 'role 店员\nteam 大额组, 日常组')}
route 事.审核 {
  | 金额    || team   |
  |---------||--------|
  | >= ¥100 || 大额组 |
  | < ¥100  || 日常组 |
}
`,
}

describe('what routes ask for', () => {
  const clerk = (teams: string[]) => ({ roles: ['店员'], teams, skills: [] })

  test('is told where nobody is it', () => {
    const blueprint = blueprintOf(routed)
    const open = (...staff: ReturnType<typeof clerk>[]) => unstaffed(blueprint, staff).map(({ team }) => team)
    expect(open()).toEqual(['大额组', '日常组'])
    expect(open(clerk(['大额组']))).toEqual(['日常组'])
    expect(open(clerk(['大额组']), clerk(['日常组']))).toEqual([])
    expect(open({ ...clerk(['大额组', '日常组']), roles: ['财务'] })).toEqual(['大额组', '日常组'])
  })
})

describe.each(databases())('staff on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let deps: Deps
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    if (reason) return
    const started = await startDeps(await fresh())
    ends.push(started.stop)
    deps = started.deps
    await createDesk(deps, { id: tenant, name: tenant, admin: 'admin', demo: undefined })
    for (const login of ['zhou', 'lin'])
      ids[login] = (await addStaff(deps, tenant, { name: login, login })).id
    await trustForDesk(deps, { tenant, pem: maker.publicKey, name: '店家', by: 'admin' })
    const { name } = await takeArchive(deps, tenant, maker.sign(routed))
    const { hash } = await planInstall(deps, tenant, name)
    await consentTo(deps, { tenant, name, hash, by: 'admin' })
    await mapRoles(deps, { tenant, name, roles: { 店员: [ids.zhou!] } })
    await installPack(deps, { tenant, name, by: 'admin' })
  })
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const open = async () => {
    const who = { tenant, who: { kind: 'staff', id: ids.zhou! } as const }
    const opening = { ticket: '事', entry: 'workbench', customer: null, subject: null }
    return (await openTicket(deps, who, { ...opening, fields: { 说明: '坏了', 金额: '150' } })).id
  }
  const holder = async (id: string) =>
    (await showTicket(deps, { tenant, who: { kind: 'staff', id: ids.lin! }, id })).places[0]!.assignee
  const state = async (check: string) =>
    (await checkDesk(deps, tenant)).find(one => one.check === check)!.state
  const rolesKept = async () => (await installOf(deps, tenant, 'shop')).roles

  test.skipIf(reason)(
    'a ticket whose team is empty waits, is told of, and goes to whoever joins',
    async () => {
      const id = await open()
      expect(await holder(id)).toBeNull()
      expect([await state('teams'), await state('waiting')]).toEqual(['fail', 'warn'])
      expect(await staffing(deps, tenant)).toMatchObject({
        ...{ waiting: 1, roles: ['店员'], teams: ['大额组', '日常组'], skills: [] },
        unstaffed: [
          { place: '事.审核', role: '店员', team: '大额组', skill: null },
          { place: '事.审核', role: '店员', team: '日常组', skill: null },
        ],
      })
      await changeStaff(deps, tenant, ids.zhou!, { teams: ['大额组', '日常组'] })
      await vi.waitFor(async () => expect(await holder(id)).toBe(ids.zhou), { timeout: 10_000 })
      expect([await state('teams'), await state('waiting')]).toEqual(['pass', 'pass'])
    },
  )

  test.skipIf(reason)(
    'a role given to somebody is the pack’s mapping too, and the other way round',
    async () => {
      await changeStaff(deps, tenant, ids.lin!, { roles: ['店员'], teams: ['大额组'] })
      expect(await rolesKept()).toEqual({ 店员: [ids.zhou, ids.lin] })
      await changeStaff(deps, tenant, ids.lin!, { name: '林店' })
      const { people } = await staffing(deps, tenant)
      expect(people.find(({ id }) => id === ids.lin)).toMatchObject({
        ...{ name: '林店', roles: ['店员'], teams: ['大额组'], hasPassword: false },
      })
    },
  )

  test.skipIf(reason)(
    'the phones of an emulator are the administrators’ alone where people are real',
    async () => {
      await startEmulator(deps, { tenant, origin: undefined })
      const words = { externalId: undefined, name: '老板', text: '您好' }
      const writes = (roles: string[]) => writeAsCustomer(deps, tenant, { ...words, roles })
      expect(await refusalOf(writes(['店员']))).toBe('admin-only')
      expect(await refusalOf(emulatorLog(deps, { tenant, roles: ['店员'] }))).toBe('admin-only')
      await writes(['admin'])
      expect((await emulatorLog(deps, { tenant, roles: ['admin'] })).customers).toMatchObject([
        { name: '老板' },
      ])
      await stopEmulator(deps, tenant)
    },
  )

  test.skipIf(reason)('who leaves cannot come in, and what they held goes on or waits', async () => {
    const { token } = await newLink(deps, tenant, ids.zhou!).then(({ link }) => ({
      token: link.split('=')[1]!,
    }))
    await acceptInvite(deps, { token, password: PASSWORD })
    const session = await logIn(deps, { desk: tenant, name: 'zhou', password: PASSWORD })
    expect(await removeStaff(deps, tenant, ids.zhou!)).toEqual({ passedOn: 1 })
    expect(await sessionOf(deps, session.token)).toBeUndefined()
    expect(await refusalOf(logIn(deps, { desk: tenant, name: 'zhou', password: PASSWORD }))).toBe(
      'wrong-login',
    )
    expect(await rolesKept()).toEqual({ 店员: [ids.lin] })
    const { people } = await staffing(deps, tenant)
    expect(people.find(({ id }) => id === ids.lin)!.load).toBe(1)
    ids.zhou = (await addStaff(deps, tenant, { name: '周又来', login: 'zhou' })).id
    expect(await removeStaff(deps, tenant, ids.lin!)).toEqual({ passedOn: 1 })
    expect((await staffing(deps, tenant)).waiting).toBe(1)
  })

  test.skipIf(reason)('somebody always administers, and a WeCom member is one person', async () => {
    expect(await refusalOf(removeStaff(deps, tenant, 'admin'))).toBe('last-admin')
    expect(await refusalOf(changeStaff(deps, tenant, 'admin', { roles: [] }))).toBe('last-admin')
    await changeStaff(deps, tenant, ids.zhou!, { roles: ['admin'], wecomUser: 'ZhouDian' })
    expect(await refusalOf(changeStaff(deps, tenant, 'admin', { wecomUser: 'ZhouDian' }))).toBe(
      'member-taken',
    )
    await changeStaff(deps, tenant, 'admin', { roles: [] })
    expect(await refusalOf(removeStaff(deps, tenant, ids.zhou!))).toBe('last-admin')
    expect(await refusalOf(removeStaff(deps, tenant, 'nobody'))).toBe('not-found')
  })
})
