import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deps } from '../../runtime/deps.ts'
import { createDesk } from '../../runtime/usecases/create-desk.ts'
import { importRecords } from '../../runtime/usecases/import-records.ts'
import { consentTo, installPack, mapRoles } from '../../runtime/usecases/install-pack.ts'
import { planInstall } from '../../runtime/usecases/plan-install.ts'
import {
  exportRecords,
  listEntities,
  listRecords,
  putRecord,
  removeRecord,
} from '../../runtime/usecases/records.ts'
import { addStaff } from '../../runtime/usecases/staff.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { openTicket } from '../../runtime/usecases/tickets.ts'
import { trustForDesk } from '../../runtime/usecases/trust-key.ts'
import { databases } from '../support/database.ts'
import { startDeps } from '../support/deps.ts'
import { refusalOf } from '../support/refusal.ts'
import { sheetPack } from '../support/sheet-pack.ts'
import { packMaker } from '../support/signed-pack.ts'

const tenant = 'shop'
const maker = packMaker()

describe.each(databases())('records on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let deps: Deps
  let clerk: string

  beforeAll(async () => {
    if (reason) return
    const started = await startDeps(await fresh())
    ends.push(started.stop)
    deps = started.deps
    await createDesk(deps, { id: tenant, name: tenant, admin: 'admin', demo: undefined })
    clerk = (await addStaff(deps, tenant, { name: '小店', login: 'xiao' })).id
    await trustForDesk(deps, { tenant, pem: maker.publicKey, name: '店家', by: 'admin' })
    const { name } = await takeArchive(deps, tenant, maker.sign(sheetPack))
    const { hash } = await planInstall(deps, tenant, name)
    await consentTo(deps, { tenant, name, hash, by: 'admin' })
    await mapRoles(deps, { tenant, name, roles: { 店员: [clerk] } })
    await installPack(deps, { tenant, name, by: 'admin' })
  })
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const take = (entity: string, text: string | Uint8Array, { dry = false } = {}) => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
    return importRecords(deps, tenant, { entity, bytes, dry })
  }
  const rowsOf = async (entity: string, search = '') =>
    (await listRecords(deps, tenant, { entity, search })).rows

  test.skipIf(reason)('a desk is told which it has, and which forms cannot do without', async () => {
    const entities = await listEntities(deps, tenant)
    expect(entities.map(({ entity, key, count, wantedBy }) => [entity, key, count, wantedBy])).toEqual([
      ['customer', 'id', 0, []],
      ['门店档', '编号', 0, []],
      ['设备', '码', 0, ['报修单']],
    ])
  })

  test.skipIf(reason)('a file is planned before anything is written, and taken in whole', async () => {
    const text = '编号,店名,等级,营业\nS1,南京西路,旗舰,是\nS2,徐汇,B,否\n'
    expect(await take('门店档', text, { dry: true })).toMatchObject({ rows: 2, added: 2, written: false })
    expect(await rowsOf('门店档')).toEqual([])
    expect(await take('门店档', text)).toMatchObject({ added: 2, written: true })
    expect(await rowsOf('门店档', '南京')).toEqual([
      { key: 'S1', data: { 店名: '南京西路', 等级: 'A', 营业: true } },
    ])
    // Of fields without a column nothing is said, and what is the same is not written again.
    expect(await take('门店档', '编号,店名\nS1,南京东路\nS2,徐汇\n')).toMatchObject({
      ...{ added: 0, changed: 1, same: 1 },
    })
    expect(await rowsOf('门店档', '南京')).toEqual([
      { key: 'S1', data: { 店名: '南京东路', 等级: 'A', 营业: true } },
    ])
    const again = await exportRecords(deps, tenant, { entity: '门店档' })
    expect(await take('门店档', again)).toMatchObject({ added: 0, changed: 0, same: 2 })
    // A record that stands in the file twice is one record, and a fault.
    const twice = '编号,店名,等级\nS3,静安,X\nS3,静安寺,B\nS1,南京东路,\n'
    expect(await take('门店档', twice, { dry: true })).toMatchObject({
      ...{ rows: 3, added: 1, changed: 1, same: 0 },
      faults: [
        { line: 2, fault: 'type', text: 'X', fits: 'A（旗舰）、B（普通）' },
        { line: 3, fault: 'twice', text: 'S3', first: 2 },
      ],
    })
  })

  test.skipIf(reason)('customers are taken in, and are named by their number or WeCom’s', async () => {
    const headed = '客户编号,姓名,电话\nC1,李女士,13800000000\nC2,,\n'
    expect(await take('customer', headed)).toMatchObject({ added: 2, ignored: ['电话'] })
    await putRecord(deps, tenant, { entity: 'customer', key: 'C3', data: { name: '王' }, externalId: 'wm3' })
    expect((await rowsOf('customer')).map(({ key, data }) => [key, data.name])).toEqual([
      ['C1', '李女士'],
      ['C2', 'C2'],
      ['C3', '王'],
    ])
    // By a name that is one's alone, too.
    expect(await take('设备', '码,门店,会员\nD1,S1,李女士\nD2,S2,wm3\n')).toMatchObject({ added: 2 })
    expect((await rowsOf('设备')).map(({ data }) => data)).toEqual([
      { 门店: 'S1', 会员: 'C1' },
      { 门店: 'S2', 会员: 'C3' },
    ])
  })

  test.skipIf(reason)('a file with any fault changes nothing and says where each is', async () => {
    const text = '码,门店\nD3,S1\nD4,S9\n'
    expect((await take('设备', text, { dry: true })).faults).toEqual([
      { line: 3, column: '门店', fault: 'reference', text: 'S9' },
    ])
    expect(await refusalOf(take('设备', text))).toBe('sheet-faults')
    expect(await rowsOf('设备', 'D3')).toEqual([])
    expect(await refusalOf(take('没有', text))).toBe('unknown-entity')
  })

  test.skipIf(reason)(
    'what Chinese spreadsheets save is read; a workbook and a picture are not',
    async () => {
      // 编号,店名 / S7,外滩 in GB 18030
      const gbk = Buffer.from('b1e0bac52cb5eac3fb0d0a53372ccde2ccb20d0a', 'hex')
      expect(await take('门店档', gbk)).toMatchObject({ added: 1 })
      expect(await rowsOf('门店档', 'S7')).toEqual([{ key: 'S7', data: { 店名: '外滩' } }])
      const utf16 = new Uint8Array(Buffer.from('\ufeff编号\t店名\r\nS8\t豫园\r\n', 'utf16le'))
      expect(await take('门店档', utf16)).toMatchObject({ added: 1 })
      const begins = (...bytes: number[]) => take('门店档', new Uint8Array([...bytes, ...Buffer.alloc(40)]))
      expect(await refusalOf(begins(0x50, 0x4b, 3, 4))).toBe('sheet-is-workbook')
      expect(await refusalOf(begins(0x89, 0x50, 0x4e, 0x47))).toBe('sheet-unreadable')
    },
  )

  test.skipIf(reason)('thousands of rows are taken in at once', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `X${at},店 ${at}`)
    expect(await take('门店档', ['编号,店名', ...lines].join('\n'))).toMatchObject({ added: 5_000 })
    expect(await listRecords(deps, tenant, { entity: '门店档', search: 'X', rows: 10 })).toMatchObject({
      total: 5_000,
    })
  })

  test.skipIf(reason)('a record is taken away only where nothing tells of it', async () => {
    const remove = (entity: string, key: string) => refusalOf(removeRecord(deps, tenant, { entity, key }))
    expect(await remove('门店档', 'S1')).toBe('record-in-use')
    const who = { tenant, who: { kind: 'staff', id: clerk } as const }
    const opening = { ticket: '报修', entry: 'workbench', customer: 'C1', subject: 'D1' }
    await openTicket(deps, who, { ...opening, fields: { 说明: '坏了' } })
    expect([await remove('设备', 'D1'), await remove('customer', 'C1')]).toEqual([
      'record-in-use',
      'record-in-use',
    ])
    await removeRecord(deps, tenant, { entity: '设备', key: 'D2' })
    await removeRecord(deps, tenant, { entity: 'customer', key: 'C3' })
    expect(await remove('设备', 'D2')).toBe('not-found')
  })

  test.skipIf(reason)('values are held to what the pack says of them', async () => {
    const put = (data: Record<string, unknown>) =>
      refusalOf(putRecord(deps, tenant, { entity: '门店档', key: 'S1', data: data as never }))
    expect(await put({ 店名: '南京', 等级: 'Z' })).toBe('fields')
    expect(await put({ 店名: 3 })).toBe('fields')
    expect(await put({ 颜色: '红' })).toBe('fields')
    const device = { entity: '设备', key: 'D9', data: { 门店: 'S1', 会员: 'nobody' } }
    expect(await refusalOf(putRecord(deps, tenant, device))).toBe('fields')
  })
})
