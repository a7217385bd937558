import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckReply, EmulatorLog, InstallReply, TicketReply } from '#core/wire'
import { databases } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, PASSWORD, type PersonName } from '../support/retail-desk.ts'
import { apiOf, startService, until, type Api } from '../support/service.ts'

const desk = 'emulated'
const key = { AXLE_MASTER_KEY: 'a key of this test' }

describe.each(databases())('a desk with an emulated WeCom on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let options: Awaited<ReturnType<typeof fresh>>
  let service: Awaited<ReturnType<typeof startService>>
  let admin: Api
  let apis: Record<PersonName, Api>

  beforeAll(async () => {
    if (reason) return
    options = await fresh()
    const { invite, archive } = createRetailDesk(options, desk)
    service = await startService(options, key)
    ends.push(() => service.stop())
    admin = await enter(service.url, invite)
    ;({ apis } = await installRetail(admin, { url: service.url, desk, archive }))
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const log = async () => (await admin('GET', '/api/emulator/log')).body as EmulatorLog
  const show = async (id: string) => (await admin('GET', `/api/tickets/${id}`)).body as TicketReply
  const writes = async (text: string, who: object) => {
    const answer = await admin('POST', '/api/emulator/messages', { ...who, text })
    expect(answer.status, JSON.stringify(answer.body)).toBe(202)
    return (answer.body as { externalId: string }).externalId
  }
  const ticketOf = (customer: string) =>
    until(async () => {
      const rows = (await admin('GET', '/api/tickets')).body as { id: string; customer: string }[]
      return rows.find(row => row.customer === customer)?.id
    }, `a ticket of ${customer}`)
  const take = async (api: Api, id: string, [node, event]: [string, string], fields = {}) => {
    const answer = await api('POST', `/api/tickets/${id}/transitions`, { node, event, fields })
    expect(answer, `${node}.${event}`).toMatchObject({ status: 200 })
  }
  const toCustomer = async (externalId: string) =>
    (await log()).toCustomers.filter(one => one.externalId === externalId).map(({ text }) => text)
  const linkFinding = async () =>
    ((await admin('GET', '/api/check')).body as CheckReply[]).find(({ check }) => check === 'links')!
  const install = async () => (await admin('GET', '/api/packs/retail')).body as InstallReply

  test.skipIf(reason)(
    'without a proved address the check-up and the step of going live say that links are missing',
    async () => {
      expect(await linkFinding()).toMatchObject({ state: 'warn', page: '/admin/connect' })
      expect((await install()).links).toBe('unproved')
    },
  )

  test.skipIf(reason)(
    'is reached at the address that it was connected from, so that the first notice that asks brings the link',
    async () => {
      expect((await admin('POST', '/api/emulator')).status).toBe(204)
      expect(await linkFinding()).toMatchObject({ state: 'pass' })
      expect((await install()).links).toBe('pass')
      const from = await writes('蛋糕少了一块', { name: '林女士' })
      const id = await ticketOf('林女士')
      await until(async () => (await show(id)).places[0]!.assignee, 'somebody to take it')
      await take(apis.导购甲, id, ['受理', '转办'], { 投诉类型: '服务态度', 紧急程度: '黄', 门店: 'S1' })
      await take(apis.店长, id, ['店长处理', '提交'], { 方案: '送一块' })
      const asks = await until(
        async () => (await toCustomer(from)).find(text => text.includes('待您确认')),
        'the customer asked',
      )
      const [link] = /https?:\S+/.exec(asks) ?? []
      expect(link?.startsWith(`${service.url}/c/`), asks).toBe(true)
      const page = await apiOf(service.url)('GET', `/api/customer/${link!.split('/').at(-1)}`)
      expect(page).toMatchObject({ status: 200, body: { closed: false } })
    },
  )

  test.skipIf(reason)(
    'knows after a restart who wrote and what reached the phones, and answers still go out',
    async () => {
      const from = await writes('面包发霉了', { name: '王先生' })
      const id = await ticketOf('王先生')
      await until(async () => (await toCustomer(from)).length === 1, 'the customer told')
      await until(async () => (await log()).toStaff.length > 0, 'somebody told')
      const before = await log()
      await service.stop()
      service = await startService(options, key)
      const session = await apiOf(service.url)('POST', '/api/session', {
        ...{ desk, login: 'admin', password: PASSWORD },
      })
      admin = apiOf(service.url, session.body.token as string)
      const after = await log()
      const said = ({ toCustomers, toStaff, fromCustomers }: EmulatorLog) =>
        [...toCustomers, ...toStaff, ...fromCustomers].map(({ at: _, ...line }) => line)
      expect(said(after)).toEqual(said(before))
      expect(
        (await admin('POST', `/api/tickets/${id}/words`, { to: 'customer', text: '马上看' })).status,
      ).toBe(201)
      await until(async () => (await toCustomer(from)).includes('马上看'), 'the answer on the phone')
      const replied = (await show(id)).events.find(({ happened }) => happened.kind === 'replied')
      expect(replied?.delivery).toMatchObject({ state: 'sent' })
      await writes('好的', { externalId: from })
      await until(
        async () => (await show(id)).events.some(({ happened }) => happened.kind === 'message-received'),
        'the customer’s word',
      )
    },
  )
})
