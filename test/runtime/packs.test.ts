import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Deps } from '../../runtime/deps.ts'
import { checkDesk } from '../../runtime/usecases/check-desk.ts'
import { createDesk } from '../../runtime/usecases/create-desk.ts'
import { handleInbox } from '../../runtime/usecases/handle-inbox.ts'
import { chooseFirstWords, firstWords } from '../../runtime/usecases/first-words.ts'
import { installOf } from '../../runtime/usecases/install-of.ts'
import { consentTo, goLive, installPack, mapRoles } from '../../runtime/usecases/install-pack.ts'
import { rollBackPack, uninstallPack } from '../../runtime/usecases/install-steps.ts'
import { listSends } from '../../runtime/usecases/list-sends.ts'
import { moveTickets } from '../../runtime/usecases/move-tickets.ts'
import { listOpenings } from '../../runtime/usecases/openings.ts'
import { backToTrial } from '../../runtime/usecases/trial.ts'
import { planInstall } from '../../runtime/usecases/plan-install.ts'
import { publishSource } from '../../runtime/usecases/publish-source.ts'
import { listEntities, listRecords, putRecord } from '../../runtime/usecases/records.ts'
import { reportEvent } from '../../runtime/usecases/report-event.ts'
import { showTicket } from '../../runtime/usecases/show-ticket.ts'
import { saveSource, showSource } from '../../runtime/usecases/source.ts'
import { addStaff, listStaff } from '../../runtime/usecases/staff.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { openTicket, takeTransition } from '../../runtime/usecases/tickets.ts'
import { trustForDesk } from '../../runtime/usecases/trust-key.ts'
import { upgradeDesk } from '../../runtime/usecases/upgrade-desk.ts'
import { listVersions } from '../../runtime/usecases/versions.ts'
import { vocabulary } from '../../runtime/usecases/vocabulary.ts'
import { databases } from '../support/database.ts'
import { startDeps } from '../support/deps.ts'
import { refusalOf } from '../support/refusal.ts'
import { packMaker } from '../support/signed-pack.ts'
import { twin } from '../support/twin-packs.ts'

const maker = packMaker()

describe.each(databases())('two packs on one desk on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  const tenant = 'both'
  const staff: Record<string, string> = {}
  let deps: Deps

  beforeAll(async () => {
    if (reason) return
    const started = await startDeps(await fresh(), { works: false })
    ends.push(started.stop)
    deps = started.deps
    for (const id of [tenant, 'pair'])
      await createDesk(deps, { id, name: id, admin: 'admin', demo: undefined })
    await trustForDesk(deps, { tenant, pem: maker.publicKey, name: '店家', by: 'admin' })
    for (const name of ['甲一', '乙一', '财一', '财二'])
      staff[name] = (await addStaff(deps, tenant, { name, login: name })).id
  })
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const by = (name: string) => ({ tenant, who: { kind: 'staff', id: staff[name]! } as const })
  const take = (texts: Record<string, string>) => takeArchive(deps, tenant, maker.sign(texts))
  const agree = async (name: string, at = tenant) => {
    const { hash } = await planInstall(deps, at, name)
    await consentTo(deps, { tenant: at, name, hash, by: 'admin' })
  }
  const put = (name: string) => installPack(deps, { tenant, name, by: 'admin' })
  const open = (who: string, ticket: string, more = {}) => {
    const opening = { ticket, entry: 'workbench', customer: 'c1', subject: null }
    return openTicket(deps, by(who), { ...opening, fields: { 说明: '要办的事', ...more } })
  }
  const step = (who: string, id: string, node: string, event: string) =>
    takeTransition(deps, by(who), { id, node, event, fields: {} })
  const happens = (label: string, key = 'c1') =>
    reportEvent(deps, { tenant }, { entity: `${label}往来`, key: `${label}-${key}`, event: '来' })
  const know = (key: string) =>
    Promise.all(
      ['甲', '乙'].map(label =>
        putRecord(deps, tenant, { entity: `${label}往来`, key: `${label}-${key}`, data: { 客: key } }),
      ),
    )
  const sends = async (customer: string) =>
    (await listSends(deps, tenant, { customer }))
      .map(({ text, state, reason: why }) => [text, state, why])
      .sort()
  const rows = <Row extends object>(sql: string) => deps.store.inTenant(tenant, tx => tx.query<Row>(sql))
  const versionsOf = async (name: string) =>
    (await listVersions(deps, tenant, name)).filter(({ current }) => current).map(({ seq }) => seq)

  test.skipIf(reason)(
    'the second comes beside the first, and a role of both keeps whom each named',
    async () => {
      await take(twin('jia', '甲'))
      await agree('jia')
      await mapRoles(deps, { tenant, name: 'jia', roles: { 甲员: [staff.甲一!], 财务: [staff.财一!] } })
      await put('jia')
      await take(twin('yi', '乙', { perDay: 5 }))
      const plan = await planInstall(deps, tenant, 'yi')
      expect([plan.clashes, plan.shared, plan.runs]).toEqual([[], { roles: ['财务'], entities: [] }, null])
      await agree('yi')
      await mapRoles(deps, { tenant, name: 'yi', roles: { 乙员: [staff.乙一!], 财务: [staff.财二!] } })
      await put('yi')
      const roles = Object.fromEntries((await listStaff(deps, tenant)).map(one => [one.name, one.roles]))
      expect(roles).toMatchObject({ 甲一: ['甲员'], 乙一: ['乙员'], 财一: ['财务'], 财二: ['财务'] })
      expect((await installOf(deps, tenant, 'jia')).roles.财务).toEqual([staff.财二, staff.财一])
      // Whoever is taken off in one place is off.
      const without = { 乙员: [staff.乙一!], 财务: [staff.财一!] }
      await mapRoles(deps, { tenant, name: 'yi', roles: without })
      expect((await installOf(deps, tenant, 'jia')).roles.财务).toEqual([staff.财一])
      expect((await listStaff(deps, tenant)).find(one => one.name === '财二')!.roles).toEqual([])
      await mapRoles(deps, { tenant, name: 'yi', roles: { ...without, 财务: [staff.财一!, staff.财二!] } })
    },
  )

  test.skipIf(reason)(
    'a customer’s first words open the kind that was chosen, of live packs first',
    async () => {
      const opens = async () => (await firstWords(deps, tenant)).opens
      expect(await opens()).toBe('甲事')
      await goLive(deps, { tenant, name: 'yi', outward: [] })
      expect(await firstWords(deps, tenant)).toEqual({
        kinds: [
          { ticket: '乙事', label: '乙事', pack: '乙店' },
          { ticket: '甲事', label: '甲事', pack: '甲店' },
        ],
        opens: '乙事',
      })
      await chooseFirstWords(deps, { tenant, ticket: '甲事' })
      expect(await opens()).toBe('甲事')
      expect(await refusalOf(chooseFirstWords(deps, { tenant, ticket: '丙事' }))).toBe('unknown-ticket')
      await backToTrial(deps, { tenant, name: 'yi' })
    },
  )

  test.skipIf(reason)('tickets of both are opened, each worked by the rights of its own pack', async () => {
    await putRecord(deps, tenant, { entity: 'customer', key: 'c1', data: { name: '林女士' } })
    const kinds = async (who: string) =>
      (await listOpenings(deps, by(who))).openings.map(({ ticket }) => ticket)
    expect(await kinds('甲一')).toEqual(['甲事'])
    expect(await kinds('乙一')).toEqual(['乙事'])
    const [mine, theirs] = [await open('甲一', '甲事'), await open('乙一', '乙事')]
    expect(await refusalOf(step('乙一', mine.id, '审核', '好'))).toBe('role')
    await step('甲一', mine.id, '审核', '好')
    expect((await step('财二', mine.id, '付款', '付')).outcome).toBe('完.好')
    const seen = await showTicket(deps, { ...by('乙一'), id: theirs.id })
    expect(seen.fields.filter(({ writable }) => writable).map(({ name }) => name)).toEqual([
      '说明',
      '金额',
      '门店',
    ])
    expect((await showTicket(deps, { ...by('甲一'), id: theirs.id })).fields).toEqual([])
    const { labels } = await vocabulary(deps, tenant)
    expect([labels.zh!['甲事'], labels.zh!['乙级.乙高']]).toEqual(['甲事', '乙高'])
    const check = (await checkDesk(deps, tenant)).filter(one => ['roles', 'pack'].includes(one.check))
    expect(check.map(one => [one.check, one.state])).toEqual([
      ['pack', 'warn'],
      ['pack', 'warn'],
      ['roles', 'pass'],
    ])
  })

  test.skipIf(reason)('what a customer writes opens a ticket of the kind that was chosen', async () => {
    await rows(`insert into inbox (tenant, channel, message_id, account, received_at, data)
      values ('${tenant}', 'wecom', 'm1', 'wk', 0, '{"externalUserId": "wm-9", "text": "在吗", "sendTime": 1}')`)
    await handleInbox(deps, tenant)
    expect(
      await rows(`select kind from ticket where id = (select ticket_id from inbox where message_id = 'm1')`),
    ).toEqual([{ kind: '甲事' }])
  })

  test.skipIf(reason)('a field of customers that both mean otherwise is kept for each', async () => {
    const fields = (await listEntities(deps, tenant)).find(({ entity }) => entity === 'customer')!.fields
    const grades = fields.filter(({ name }) => name.endsWith('等级'))
    expect(grades.map(({ name, label, choices }) => [name, label, choices?.map(one => one.value)])).toEqual([
      ['等级', '等级', ['甲高', '甲低']],
      ['yi/等级', '等级（乙店）', ['乙高', '乙低']],
    ])
    const data = { name: '林女士', 等级: '甲高', 'yi/等级': '乙高' }
    await putRecord(deps, tenant, { entity: 'customer', key: 'c1', data })
    const other = { entity: 'customer', key: 'c1', data: { ...data, 等级: '乙高' } }
    expect(await refusalOf(putRecord(deps, tenant, other))).toBe('fields')
    expect((await listRecords(deps, tenant, { entity: 'customer', search: '林' })).rows[0]!.data).toEqual(
      data,
    )
  })

  test.skipIf(reason)('one is live while the other is tried out, and each reads its own words', async () => {
    await know('c1')
    await goLive(deps, { tenant, name: 'jia', outward: ['send'] })
    await happens('甲')
    await happens('乙')
    expect(await sends('c1')).toEqual([
      ['乙店问候您', 'held', 'trial'],
      ['甲店问候您', 'cleared', null],
    ])
  })

  test.skipIf(reason)('a message of one counts for the other, and the strictest limit holds', async () => {
    await goLive(deps, { tenant, name: 'yi', outward: ['send'] })
    expect(await rows(`select sop, status from enrolment order by started_at, id`)).toEqual([
      { sop: '甲问候', status: 'watching' },
      { sop: '乙问候', status: 'stopped' },
    ])
    await happens('乙')
    const [last] = await listSends(deps, tenant, { customer: 'c1' })
    expect(last).toMatchObject({ text: '乙店问候您', state: 'dropped', reason: 'cap' })
    expect(last!.why.zh.join()).toContain('甲店 · 触达')
    // A customer the first pack did not write to yet.
    await putRecord(deps, tenant, { entity: 'customer', key: 'c2', data: { name: '王', 'yi/等级': '乙高' } })
    await know('c2')
    await happens('乙', 'c2')
    await happens('甲', 'c2')
    expect(await sends('c2')).toEqual([['乙店问候您', 'cleared', null]])
  })

  test.skipIf(reason)('publishing, upgrading and going back are each pack’s own business', async () => {
    const before = await versionsOf('jia')
    const { files, revision, packs } = await showSource(deps, tenant, 'yi')
    expect(packs.map(({ name }) => name)).toEqual(['jia', 'yi'])
    expect((await showSource(deps, tenant)).pack).toBe('jia')
    const text = files['yi.axle']!.replace('24h', '12h')
    const saved = await saveSource(deps, { tenant, name: 'yi', files: { 'yi.axle': text }, revision })
    const publishing = { tenant, by: 'admin', revision: saved.revision, language: 'zh' } as const
    await publishSource(deps, { ...publishing, name: 'yi' })
    expect([await versionsOf('jia'), await versionsOf('yi')]).toEqual([before, [3]])
    await take(twin('yi', '乙', { version: 2, perDay: 6, more: 'migrate from 1 {}' }))
    const upgrade = { tenant, name: 'yi', by: 'admin', isDryRun: false, isLiveAsBefore: true }
    expect(await upgradeDesk(deps, upgrade)).toMatchObject({
      outcome: 'upgraded',
      from: 1,
      to: 2,
      live: ['send'],
    })
    expect([await versionsOf('jia'), await versionsOf('yi')]).toEqual([before, [4]])
    // Only its own tickets in flight move with it.
    await moveTickets(deps, tenant, 4)
    const moved = 'select t.kind, m.state from ticket_move m join ticket t on t.id = m.ticket_id'
    expect(await rows(moved)).toEqual([{ kind: '乙事', state: 'moved' }])
    await rollBackPack(deps, { tenant, name: 'yi', by: 'admin' })
    expect([await versionsOf('jia'), await versionsOf('yi')]).toEqual([before, [5]])
    expect((await installOf(deps, tenant, 'jia')).state).toBe('live')
    await open('甲一', '甲事')
    // A text that takes a name of the other pack is not published.
    const now = await showSource(deps, tenant, 'yi')
    const clashing = now.files['yi.axle']!.replaceAll('乙单', '甲单')
    const kept = await saveSource(deps, {
      tenant,
      name: 'yi',
      files: { 'yi.axle': clashing },
      revision: now.revision,
    })
    expect(await refusalOf(publishSource(deps, { ...publishing, name: 'yi', revision: kept.revision }))).toBe(
      'packs-clash',
    )
  })

  test.skipIf(reason)('one is uninstalled while the other runs', async () => {
    const mine = await open('甲一', '甲事')
    await rows(`update enrolment set status = 'running' where sop = '乙问候'`)
    const left = await uninstallPack(deps, { tenant, name: 'jia' })
    expect([left.openTickets, left.closedTickets]).toEqual([3, 1])
    expect(await refusalOf(open('甲一', '甲事'))).toBe('unknown-ticket')
    await open('乙一', '乙事')
    await step('甲一', mine.id, '审核', '坏')
    const status = await rows(`select distinct sop, status from enrolment where status <> 'stopped'`)
    expect(status).toEqual([{ sop: '乙问候', status: 'running' }])
    await rows(`insert into inbox (tenant, channel, message_id, account, received_at, data)
      values ('${tenant}', 'wecom', 'm2', 'wk', 0, '{"externalUserId": "wm-8", "text": "在吗", "sendTime": 2}')`)
    await handleInbox(deps, tenant)
    expect(
      await rows(`select kind from ticket where id = (select ticket_id from inbox where message_id = 'm2')`),
    ).toEqual([{ kind: '乙事' }])
  })

  test.skipIf(reason)(
    'a pack whose names another has is refused in words, while its tickets are in flight',
    async () => {
      await take({
        'bing.axle': twin('jia', '甲')['jia.axle']!.replace('pack jia "甲店"', 'pack bing "丙店"'),
      })
      const { clashes } = await planInstall(deps, tenant, 'bing')
      expect(clashes.map(({ zh }) => zh)).toEqual([
        '工单「甲事」与「甲店」的同名',
        '表单「甲单」与「甲店」的同名',
        'SOP「甲问候」与「甲店」的同名',
      ])
      expect(await refusalOf(agree('bing'))).toBe('packs-clash')
      expect(await rows(`select pack from desk_install order by pack`)).toEqual([
        { pack: 'jia' },
        { pack: 'yi' },
      ])
    },
  )

  test.skipIf(reason)('retail and education run on one desk', async () => {
    const pair = 'pair'
    for (const pack of ['plugins/retail', 'plugins/education'])
      await takeArchive(deps, pair, new Uint8Array(readFileSync(inject('prepared').archives[pack]!)))
    const everybody = [(await addStaff(deps, pair, { name: '全能', login: 'all' })).id]
    for (const name of ['retail', 'education']) {
      const plan = await planInstall(deps, pair, name)
      expect([plan.clashes, plan.tests.failed]).toEqual([[], []])
      await agree(name, pair)
      const roles = Object.fromEntries(plan.roles.map(role => [role, everybody]))
      await mapRoles(deps, { tenant: pair, name, roles })
      await installPack(deps, { tenant: pair, name, by: 'admin' })
    }
    const customer = (await listEntities(deps, pair)).find(({ entity }) => entity === 'customer')!
    expect(customer.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['等级', 'education/等级']),
    )
    const all = { tenant: pair, who: { kind: 'staff', id: everybody[0]! } as const }
    const { openings } = await listOpenings(deps, all)
    expect(openings.map(({ ticket }) => ticket)).toEqual(expect.arrayContaining(['客诉', '投诉']))
    // Both have kinds of complaints of their own under one name.
    const data = { name: '林女士', 等级: '金卡', 'education/等级': 'VIP' }
    await putRecord(deps, pair, { entity: 'customer', key: 'c1', data })
    const complain = async (ticket: string, kind: string) => {
      const fields = { 描述: '不满意', 投诉类型: kind }
      const opening = { ticket, entry: 'workbench', customer: 'c1', subject: null, fields }
      return (await openTicket(deps, all, opening)).nodes
    }
    expect(await complain('客诉', '服务态度')).toEqual(['受理'])
    expect(await complain('投诉', '教学质量')).toEqual(['受理投诉'])
    expect(await refusalOf(complain('投诉', '服务态度'))).toBe('fields')
    // What education says to the customer passes retail's limits as well.
    for (const name of ['retail', 'education']) await goLive(deps, { tenant: pair, name, outward: ['send'] })
    await putRecord(deps, pair, { entity: '报名', key: 'B1', data: { 家长: 'c1', 实付: '100' } })
    await reportEvent(deps, { tenant: pair }, { entity: '报名', key: 'B1', event: '缴费' })
    const [welcome] = await listSends(deps, pair, { customer: 'c1' })
    expect(welcome!.text).toContain('欢迎加入')
    expect(welcome!.why.zh.join()).toMatch(/教育培训 · 触达.*零售连锁 · 触达/)
  })
})
