import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '../support/database.ts'
import {
  ACCOUNT,
  createRetailDesk,
  enter,
  installRetail,
  startWecom,
  type PersonName,
} from '../support/retail-desk.ts'
import { apiOf, startService, until, type Api } from '../support/service.ts'

const desk = 'words'
const masterKey = Buffer.alloc(32, 7).toString('base64')

describe.each(databases())('words between staff and customers on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let wecom: Awaited<ReturnType<typeof startWecom>>
  let url: string
  let admin: Api
  let apis: Record<PersonName, Api>

  beforeAll(async () => {
    if (reason) return
    const options = await fresh()
    wecom = await startWecom()
    ends.push(wecom.close)
    const { invite, archive } = createRetailDesk(options, desk)
    const service = await startService(options, { AXLE_MASTER_KEY: masterKey })
    ends.push(() => service.stop())
    url = service.url
    admin = await enter(url, invite)
    ;({ apis } = await installRetail(admin, { url, desk, archive, wecom }))
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const writes = (from: string, text: string) =>
    wecom.fake.customerWrites({ externalUserId: from, openKfId: ACCOUNT, text })
  const ticketOf = (customer: string) =>
    until(async () => {
      const rows = (await admin('GET', '/api/tickets')).body as { id: string; customer: string }[]
      return rows.find(row => row.customer === customer)?.id
    }, `a ticket of ${customer}`)
  const show = async (id: string, api = admin) => (await api('GET', `/api/tickets/${id}`)).body
  const take = async (api: Api, id: string, [node, event]: [string, string], fields = {}) => {
    const answer = await api('POST', `/api/tickets/${id}/transitions`, { node, event, fields })
    expect(answer, `${node}.${event}`).toMatchObject({ status: 200 })
  }
  /** A complaint that stands with the store's manager. */
  const atManager = async (customer: string) => {
    writes(customer, '蛋糕少了一块')
    const id = await ticketOf(customer)
    const about = { 投诉类型: '服务态度', 紧急程度: '黄', 门店: 'S1' }
    await until(async () => (await show(id)).places[0].assignee, 'somebody to take it')
    await take(apis.导购甲, id, ['受理', '转办'], about)
    return id
  }
  const told = (user: PersonName, words: string) =>
    wecom.fake.sentToStaff.filter(({ userId, text }) => userId === user && text.includes(words))

  test.skipIf(reason)('a ticket that comes back tells who gets it each time, once', async () => {
    const id = await atManager('wm-back')
    const { number } = await show(id)
    await take(apis.店长, id, ['店长处理', '提交'], { 方案: '送一块' })
    const link = (await apis.店长('GET', `/api/tickets/${id}/link`)).body.path as string
    const answer = { node: '客户确认', event: '评价', fields: { 满意度: 1 } }
    const rated = await apiOf(url)('POST', `/api/customer/${link.split('/').at(-1)}/transitions`, answer)
    expect(rated.status).toBe(200)
    await until(async () => told('店长', `#${number}「店长处理」`).length > 1, 'the manager told again')
    expect(told('店长', `#${number}「店长处理」`).map(({ text }) => text)).toEqual([
      `工单 #${number}「店长处理」已派给您`,
      `工单 #${number}「店长处理」已派给您（第 2 次）`,
    ])
  })

  test.skipIf(reason)('each word of a customer is told to whoever works the ticket', async () => {
    const id = await atManager('wm-words')
    const { number } = await show(id)
    for (const text of ['在吗？', '还没好吗？', '我等着']) writes('wm-words', text)
    const words = () => told('店长', `#${number}「店长处理」客户有新消息`)
    await until(async () => words().length === 3, 'three notices')
    expect(words().map(({ text }) => text.split('消息')[1])).toEqual(['', '（第 2 次）', '（第 3 次）'])
  })
})
