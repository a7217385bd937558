import { afterAll, describe, expect, test } from 'vitest'
import type { ExplanationReply } from '#core/wire'
import { openStore } from '../../runtime/store/index.ts'
import { databases } from '../support/database.ts'
import { createRetailDesk, enter } from '../support/retail-desk.ts'
import { startService, type Api } from '../support/service.ts'

const HOUR = 3_600_000
const desk = 'workshop'

describe.each(databases())('a repair is priced and settled on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test.skipIf(reason)(
    'estimated at birth, final at the close, split to the cent, in a ledger that sums to zero',
    async () => {
      const options = await fresh()
      const { invite, archive } = createRetailDesk(options, desk, 'plugins/manufacturing')
      const service = await startService(options)
      ends.push(() => service.stop())
      const admin = await enter(service.url, invite)
      const must = async (...call: Parameters<Api>) => {
        const answer = await admin(...call)
        expect(answer.status, `${call[0]} ${call[1]}: ${JSON.stringify(answer.body)}`).toBeLessThan(300)
        return answer.body
      }
      const roles: Record<string, string[]> = {}
      const apis: Record<string, Api> = {}
      for (const role of ['客服', '技术', '工程师', '服务经理', '财务', '仓管', '设计师', '工厂', '物流']) {
        const made = await must('POST', '/api/staff', {
          name: role,
          login: role,
          teams: ['华东网点'],
          skills: ['家电'],
        })
        roles[role] = [made.id]
        apis[role] = await enter(service.url, made.token)
      }
      await must('POST', '/api/packs', archive)
      const { hash } = await must('GET', '/api/packs/manufacturing/plan')
      await must('POST', '/api/packs/manufacturing/consent', { hash })
      await must('POST', '/api/packs/manufacturing/roles', { roles })
      await must('POST', '/api/packs/manufacturing/install')
      await must('PUT', '/api/records/customer/c1', { data: { name: '王先生', region: '310000' } })
      const device = {
        二维码: 'D-1',
        型号: 'KFR-35',
        客户: 'c1',
        客户类: '普通',
        region: '310000',
        城市档: 'T1',
      }
      await must('PUT', '/api/records/设备/D-1', { data: device })

      const opening = { ticket: '报修', entry: 'workbench', customer: 'c1', subject: 'D-1' }
      const opened = await apis.客服!('POST', '/api/tickets', {
        ...opening,
        fields: { 现象: '不制冷', 项目: 'AC-I' },
      })
      expect(opened.status, JSON.stringify(opened.body)).toBe(201)
      const { id } = opened.body
      const money = async () =>
        (await must('GET', `/api/tickets/${id}/explanations?of=price`)).map(
          (event: { happened: { kind: string } }) => event.happened,
        )
      expect(await money()).toMatchObject([
        { kind: 'priced', price: '报价', stage: 'estimate', total: '143.00' },
      ])

      const [estimate] = (await must('GET', `/api/tickets/${id}/explanations?of=price`)) as ExplanationReply[]
      expect(estimate!.stale).toBe(false)
      expect(estimate!.otherwise).toContainEqual({
        zh: '若设备档案的城市档 = 新一线，用「档位系数」第 2 行，应收 ¥132.00',
        en: 'if Device, City tier = New first tier, row 2 of “档位系数” answers; total ¥132.00',
        ...{ line: '人工', row: null, step: 1 },
      })

      const take = async (role: string, node: string, event: string, fields = {}) => {
        const answer = await apis[role]!('POST', `/api/tickets/${id}/transitions`, { node, event, fields })
        expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      }
      await take('客服', '受理', '需上门')
      const parts = { 用料: [{ 件: 'P-01', 数量: 1 }], 完工照片: ['a.jpg', 'b.jpg'] }
      await take('工程师', '接单', '已接单')
      await take('工程师', '上门', '到场', { 签到: 'D-1' })
      await take('工程师', '维修', '完工', parts)
      await must('POST', '/api/clock', { byMs: 73 * HOUR })
      await take('财务', '结算', '已结算')

      const [, final, labour, spares] = await money()
      expect(final).toMatchObject({ kind: 'priced', stage: 'final', total: '223.00' })
      expect(final.lines[0].steps[1]).toMatchObject({
        kind: 'times',
        tables: [{ table: '档位系数', row: 0 }],
      })
      expect(labour).toMatchObject({ kind: 'settled', settlement: '人工分账', base: '143.00' })
      expect(labour.shares.map((share: { amount: string }) => share.amount)).toEqual([
        '50.05',
        '7.15',
        '71.50',
        '14.30',
      ])
      expect(spares).toMatchObject({ settlement: '备件结算', base: '80.00' })

      // The ledger: every party is owed its shares, and the column adds up to nothing.
      const balances = await must('GET', '/api/balances')
      const cents = balances.map(({ amount }: { amount: string }) => Math.round(Number(amount) * 100))
      expect(cents.reduce((a: number, b: number) => a + b, 0)).toBe(0)
      expect(balances).toContainEqual({ party: '平台', currency: 'CNY', amount: '22.30' })

      // A statement of a month that is over is the same however often it is asked for.
      await must('POST', '/api/clock', { byMs: 31 * 24 * HOUR })
      const statement = await must('GET', `/api/statements/${encodeURIComponent('服务商')}/2026-03`)
      expect(statement).toMatchObject({
        total: '71.50',
        lines: [{ settlement: '人工分账', amount: '71.50', why: '0.50' }],
      })
      expect(statement.madeAt).not.toBeNull()
      expect(await must('GET', `/api/statements/${encodeURIComponent('服务商')}/2026-03`)).toEqual(statement)
      expect(await must('GET', `/api/tickets/${id}/replay`)).toMatchObject({ equal: true })
    },
    60_000,
  )

  test.skipIf(reason)(
    'and the database refuses postings that do not add up, and every later change',
    async () => {
      const store = await openStore(await fresh())
      ends.push(() => store.close())
      await store.asOwner(tx => tx.query(`insert into desk (tenant, name, created_at) values ('t', 'T', 0)`))
      const post = (amounts: readonly string[]) =>
        store.inTenant('t', async tx => {
          for (const [line, amount] of amounts.entries())
            await tx.query(
              `insert into ledger_entry (tenant, txn, line, at, settlement, party, amount, currency, why, blueprint_hash)
             values ('t', $1, $2, 0, 's', 'p', $3::numeric, 'CNY', '', '')`,
              [amounts.join(), line, amount],
            )
        })
      await post(['-1.00', '1.00'])
      await expect(post(['-1.00', '0.99'])).rejects.toThrow(/sum to zero/)
      const change = store.inTenant('t', tx => tx.query(`update ledger_entry set amount = 2`))
      await expect(change).rejects.toThrow(/permission denied/)
      const asOwner = store.asOwner(tx => tx.query(`update ledger_entry set amount = 2`))
      await expect(asOwner).rejects.toThrow(/append-only/)
    },
  )
})
