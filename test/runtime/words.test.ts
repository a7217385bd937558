import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerTicketReply, TicketReply, TrialReply } from '#core/wire'
import { databases } from '../support/database.ts'
import {
  ACCOUNT,
  CALLBACK,
  CORP,
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
    // The answer is lost on the way: nobody can say whether the notice arrived, so it is sent again.
    wecom.fake.failNext('/cgi-bin/message/send', 'fail_after')
    const rated = await apiOf(url)('POST', `/api/customer/${link.split('/').at(-1)}/transitions`, answer)
    expect(rated.status).toBe(200)
    await until(
      async () => told('店长', `#${number}「店长处理」已派给您`).length > 1,
      'the manager told again',
    )
    writes('wm-back', '还在吗')
    await until(async () => told('店长', `#${number}「店长处理」客户有新消息`).length > 0, 'what came later')
    expect(told('店长', `#${number}「店长处理」已派给您`).map(({ text }) => text)).toEqual([
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

  const connect = async (account: string) => {
    const connection = { account, baseUrl: wecom.url, ...CORP, agentId: 1, ...CALLBACK }
    expect((await admin('PUT', '/api/channels/wecom', connection)).status).toBe(200)
  }
  /** What the customer reads behind their link. */
  const page = async (id: string) => {
    const { path } = (await admin('GET', `/api/tickets/${id}/link`)).body as { path: string }
    return (await apiOf(url)('GET', `/api/customer/${path.split('/').at(-1)}`)).body as CustomerTicketReply
  }
  const say = (api: Api, id: string, to: 'customer' | 'staff', text: string, key?: string) =>
    api('POST', `/api/tickets/${id}/words`, { to, text }, key ? { 'idempotency-key': key } : {})
  const eventsOf = async (id: string, kind: string) =>
    ((await show(id)) as TicketReply).events.filter(({ happened }) => happened.kind === kind)
  const toCustomer = (from: string) =>
    wecom.fake.sentToCustomers.filter(sent => sent.externalUserId === from).map(({ text }) => text)
  const isSent = async (id: string) => (await eventsOf(id, 'replied')).at(-1)?.delivery?.state === 'sent'

  test.skipIf(reason)(
    'an answer reaches the customer once, as it was written, and says that it did',
    async () => {
      const id = await atManager('wm-asks')
      expect(await say(apis.店长, id, 'customer', ' 马上给您补一块 ', 'one click')).toMatchObject({
        status: 201,
      })
      expect(await say(apis.店长, id, 'customer', ' 马上给您补一块 ', 'one click')).toMatchObject({
        status: 201,
      })
      await until(() => isSent(id), 'the answer sent')
      expect(toCustomer('wm-asks').filter(text => text.includes('补'))).toEqual(['马上给您补一块'])
      const [event] = await eventsOf(id, 'replied')
      expect(event).toMatchObject({
        happened: { text: '马上给您补一块' },
        delivery: { state: 'sent', again: false },
      })
      writes('wm-asks', '谢谢')
      await until(async () => (await page(id)).talk.length === 2, 'the customer’s word')
      expect((await page(id)).talk.map(({ by, text }) => [by, text])).toEqual([
        ['staff', '马上给您补一块'],
        ['customer', '谢谢'],
      ])
      expect((await admin('GET', `/api/tickets/${id}/replay`)).body).toMatchObject({ equal: true })
    },
  )

  test.skipIf(reason)(
    'a note is for staff alone: whoever else holds the ticket is told, no customer reads it',
    async () => {
      const id = await atManager('wm-note')
      const { number } = await show(id)
      expect((await say(admin, id, 'staff', '这位是老顾客，别怠慢')).status).toBe(201)
      expect((await eventsOf(id, 'noted'))[0]).toMatchObject({ happened: { text: '这位是老顾客，别怠慢' } })
      await until(
        async () => told('店长', `#${number}「店长处理」有新的内部备注`).length === 1,
        'the manager told',
      )
      expect(JSON.stringify(await page(id))).not.toContain('怠慢')
      expect(toCustomer('wm-note').join()).not.toContain('怠慢')
    },
  )

  test.skipIf(reason)(
    'who does not work the ticket says nothing on it, and nobody says nothing',
    async () => {
      const id = await atManager('wm-rights')
      for (const to of ['customer', 'staff'] as const) {
        expect(await say(apis.品控, id, to, '我来说')).toMatchObject({ status: 403, body: { code: 'role' } })
        expect(await say(apis.店长, id, to, '  ')).toMatchObject({
          status: 422,
          body: { code: 'words-empty' },
        })
      }
      expect((await show(id, apis.品控)).words.may).toBe(false)
      expect((await show(id, apis.店长)).words).toMatchObject({ may: true, unreachable: null, silence: null })
    },
  )

  test.skipIf(reason)('words that may not be sent are refused with the word, before and after', async () => {
    const id = await atManager('wm-words-list')
    const text = '绝对没有问题'
    const judged = await apis.店长('POST', `/api/tickets/${id}/words/judgement`, { text })
    expect(judged.body).toMatchObject({ verdict: 'drop' })
    const refused = await say(apis.店长, id, 'customer', text)
    expect(refused).toMatchObject({ status: 409, body: { code: 'reply-stopped' } })
    expect(refused.body.title).toContain(judged.body.why.zh[0])
    expect(await eventsOf(id, 'replied')).toEqual([])
    const allowed = await apis.店长('POST', `/api/tickets/${id}/words/judgement`, { text: '您好' })
    expect(allowed.body).toMatchObject({ verdict: 'allow', until: null })
  })

  test.skipIf(reason)(
    'WeCom takes five messages after a customer’s word; then it is said that none goes',
    async () => {
      const id = await atManager('wm-often')
      const { left } = (await show(id)).words
      for (let n = 1; n <= left; n++) {
        expect((await say(apis.店长, id, 'customer', `第 ${n} 句`)).status).toBe(201)
      }
      expect((await show(id)).words).toMatchObject({ unreachable: 'reply-used-up', left: 0 })
      expect(await say(apis.店长, id, 'customer', '再说一句')).toMatchObject({
        ...{ status: 409, body: { code: 'reply-used-up' } },
      })
      const states = async () => (await eventsOf(id, 'replied')).map(({ delivery }) => delivery?.state)
      await until(async () => (await states()).every(state => state === 'sent'), 'all of them sent')
      writes('wm-often', '听到了')
      await until(async () => (await show(id)).words.unreachable === null, 'the window open again')
      expect((await say(apis.店长, id, 'customer', '再说一句')).status).toBe(201)
    },
  )

  test.skipIf(reason)(
    'a message that WeCom refused says why, and goes once more on request, once',
    async () => {
      const id = await atManager('wm-again')
      await connect('wk-gone')
      await say(apis.店长, id, 'customer', '稍等')
      const delivery = async () => (await eventsOf(id, 'replied'))[0]!.delivery!
      await until(async () => (await delivery()).state === 'failed', 'the failure')
      expect(await delivery()).toMatchObject({ reason: '95000', again: true })
      await connect(ACCOUNT)
      const path = `/api/tickets/${id}/sends/${encodeURIComponent((await delivery()).id!)}/again`
      expect(await apis.品控('POST', path)).toMatchObject({ status: 403 })
      const answers = await Promise.all([apis.店长('POST', path), apis.店长('POST', path)])
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
      await until(() => isSent(id), 'the answer sent')
      expect(toCustomer('wm-again').filter(text => text === '稍等')).toHaveLength(1)
    },
  )

  test.skipIf(reason)(
    'an answer in the quiet hours goes out when they end, and after 48 hours none does',
    async () => {
      const id = await atManager('wm-night')
      const goTo = async (text: string) => {
        const { now } = (await admin('POST', '/api/clock', { byMs: 0 })).body as { now: number }
        await admin('POST', '/api/clock', { byMs: Date.parse(`${text}+08:00`) - now })
      }
      await goTo('2026-03-03T02:00')
      const judged = await apis.店长('POST', `/api/tickets/${id}/words/judgement`, { text: '早上好' })
      expect(judged.body).toMatchObject({ verdict: 'defer', until: Date.parse('2026-03-03T06:00+08:00') })
      expect((await say(apis.店长, id, 'customer', '早上好')).status).toBe(201)
      await until(
        async () => (await eventsOf(id, 'replied'))[0]?.delivery?.state === 'deferred',
        'the answer put off',
      )
      await goTo('2026-03-03T06:01')
      await until(() => isSent(id), 'the answer sent')
      await goTo('2026-03-04T12:00')
      expect((await show(id)).words).toMatchObject({ unreachable: 'reply-window', left: 0, until: null })
      expect(await say(apis.店长, id, 'customer', '还在吗')).toMatchObject({
        ...{ status: 409, body: { code: 'reply-window' } },
      })
    },
  )

  test.skipIf(reason)('in trial an answer is held and listed, as notices are', async () => {
    const id = await atManager('wm-trial')
    await admin('POST', '/api/packs/retail/trial')
    expect((await show(id)).words.silence).toBe('trial')
    expect((await say(apis.店长, id, 'customer', '试运行里的话')).status).toBe(201)
    await until(async () => (await eventsOf(id, 'replied'))[0]?.delivery?.state === 'held', 'the answer held')
    const trial = (await admin('GET', '/api/packs/retail/trial')).body as TrialReply
    expect(trial.sends.find(({ text }) => text === '试运行里的话')).toMatchObject({ act: 'notify-customer' })
    expect((await page(id)).talk).toEqual([])
    expect(toCustomer('wm-trial').join()).not.toContain('试运行')
    await admin('POST', '/api/packs/retail/live', { outward: ['notify-customer', 'notify-staff'] })
  })
})
