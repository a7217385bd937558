import { afterAll, describe, expect, test } from 'vitest'
import type { ExplanationReply } from '#core/wire'
import { databases } from '../support/database.ts'
import {
  ACCOUNT,
  createRetailDesk,
  enter,
  installRetail,
  moveCallbacks,
  startWecom,
} from '../support/retail-desk.ts'
import { startService, until, type Api } from '../support/service.ts'

const HOUR = 3_600_000
const desk = 'spine'

describe.each(databases())('a message becomes a worked ticket on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test.skipIf(reason)(
    'through its parallel region, under the cap, escalated once, and found again after kill -9',
    async () => {
      const options = await fresh()
      const wecom = await startWecom()
      ends.push(wecom.close)
      const { invite, archive } = createRetailDesk(options, desk)
      let service = await startService(options)
      ends.push(() => service.stop())
      const admin = await enter(service.url, invite)
      const { apis, ids } = await installRetail(admin, { url: service.url, desk, archive, wecom })
      const writes = (from: string, text: string) =>
        wecom.fake.customerWrites({ externalUserId: from, openKfId: ACCOUNT, text })
      const tickets = async () =>
        (await admin('GET', '/api/tickets')).body as { id: string; customer: string }[]
      const ticketOf = (customer: string) =>
        until(async () => (await tickets()).find(row => row.customer === customer), `a ticket of ${customer}`)
      const show = async (id: string) => (await admin('GET', `/api/tickets/${id}`)).body
      const take = async (api: Api, id: string, [node, event]: [string, string], fields = {}) => {
        const answer = await api('POST', `/api/tickets/${id}/transitions`, { node, event, fields })
        expect(answer, `${node}.${event}`).toMatchObject({ status: 200 })
        return answer.body
      }

      // One customer writes; the callback comes twice; there is one ticket, assigned, and the customer is told.
      wecom.fake.faults.duplicateCallbacks = 1
      writes('wm-1', '面包发霉了')
      const first = await ticketOf('wm-1')
      await wecom.fake.settled()
      wecom.fake.faults.duplicateCallbacks = 0
      expect(await tickets()).toHaveLength(1)
      const opened = (await apis.店长('GET', `/api/tickets/${first.id}`)).body
      expect(opened.fields.find((field: { name: string }) => field.name === '描述').value).toBe('面包发霉了')
      await until(
        async () => wecom.fake.sentToCustomers.some(sent => sent.text.includes('已受理')),
        'the customer told',
      )

      // More words go to the same ticket.
      writes('wm-1', '还有两个也坏了')
      await until(
        async () =>
          (await show(first.id)).events.some(
            (event: { happened: { kind: string } }) => event.happened.kind === 'message-received',
          ),
        'the second message',
      )
      expect(await tickets()).toHaveLength(1)

      // Ten tickets fill two assistants of five; the eleventh waits and says why, until one is passed on.
      for (let n = 2; n <= 11; n++) writes(`wm-${n}`, `问题 ${n}`)
      await until(async () => (await tickets()).length === 11, 'eleven tickets')
      const loads = new Map<string, number>()
      const waiting: string[] = []
      for (const { id } of await tickets()) {
        const [place] = (await show(id)).places
        if (place.assignee === null) waiting.push(id)
        else loads.set(place.assignee, (loads.get(place.assignee) ?? 0) + 1)
      }
      expect([...loads.values()]).toEqual([5, 5])
      expect(waiting).toHaveLength(1)
      const why = (await admin('GET', `/api/tickets/${waiting[0]}/explanations?of=assignment`)).body
      expect(why[0].trace).toMatchObject({ team: '客诉组', cap: 5 })
      const verdict = (id: string) =>
        why[0].trace.candidates.find((one: { staff: string }) => one.staff === id)
      expect(verdict(ids.导购甲)).toMatchObject({ verdict: 'full', load: 5 })
      expect(verdict(ids.店长)).toMatchObject({ verdict: 'role' })

      // A field forbidden to the role is refused on the API, and so is a transition of another role.
      const sneak = { node: '受理', event: '转办', fields: { 核查结论: '没事' } }
      expect(await apis.导购甲('POST', `/api/tickets/${first.id}/transitions`, sneak)).toMatchObject({
        status: 403,
        body: { code: 'field-forbidden' },
      })
      const notTheirs = { node: '受理', event: '转办' }
      expect(await apis.品控('POST', `/api/tickets/${first.id}/transitions`, notTheirs)).toMatchObject({
        status: 403,
        body: { code: 'role' },
      })
      const incomplete = await apis.导购甲('POST', `/api/tickets/${first.id}/transitions`, notTheirs)
      expect(incomplete).toMatchObject({ status: 422, body: { code: 'fields' } })

      // The parallel region: quality control and the store manager side by side.
      const complaint = { 投诉类型: '食物变质', 紧急程度: '红', 门店: 'S1', 照片: ['a.jpg'] }
      await take(apis.导购甲, first.id, ['受理', '转办'], complaint)
      expect((await show(first.id)).places.map((place: { node: string }) => place.node)).toEqual([
        '品控核查',
        '店长处理',
      ])
      await until(async () => (await show(waiting[0]!)).places[0].assignee, 'the waiting ticket assigned')
      await take(apis.店长, first.id, ['店长处理', '提交'], { 方案: '退款并道歉' })
      const checked = { 核查结论: '受潮', 批次: 'B1' }
      expect(await take(apis.品控, first.id, ['品控核查', '已核查'], checked)).toMatchObject({
        nodes: ['客户确认'],
      })

      // Two working hours pass at the store manager's: exactly one escalation, however long it lasts.
      const second = await ticketOf('wm-2')
      await take(apis.导购甲, second.id, ['受理', '转办'], {
        投诉类型: '服务态度',
        紧急程度: '黄',
        门店: 'S1',
      })
      // Beside every why stands what would have decided otherwise, to whoever may read what it names.
      const said = async (api: Api, of: string) => {
        const answer = await api('GET', `/api/tickets/${second.id}/explanations?of=${of}`)
        const told = answer.body as ExplanationReply[]
        expect(told.filter(one => one.stale)).toEqual([])
        return told.flatMap(({ otherwise }) => otherwise.map(({ zh }) => zh))
      }
      expect(await said(apis.店长, 'transition')).toContain(
        '若补偿金额 ≥ ¥100.01，「提交」就会到「补偿审批」',
      )
      expect((await said(apis.导购甲, 'transition')).join()).not.toContain('补偿金额')
      expect(await said(apis.店长, 'transition')).toContain('若投诉类型 = 食物变质，就会有「品控」分支')
      expect((await said(admin, 'assignment')).join()).toContain('若客户的等级 = VIP，就会派给「VIP客服组」')

      const escalations = async () =>
        (await admin('GET', `/api/tickets/${second.id}/explanations?of=clock`)).body.filter(
          ({ happened }: { happened: { kind: string; node: string } }) =>
            happened.kind === 'escalated' && happened.node === '店长处理',
        )
      await admin('POST', '/api/clock', { byMs: 1.9 * HOUR })
      expect(await escalations()).toHaveLength(0)
      await admin('POST', '/api/clock', { byMs: 0.2 * HOUR })
      expect(await escalations()).toHaveLength(1)
      expect((await said(admin, 'clock')).join()).toMatch(
        /若早 \d+ 分钟（\d\d-\d\d \d\d:\d\d）完成，就按时了/,
      )
      await admin('POST', '/api/clock', { byMs: 3 * HOUR })
      expect(await escalations()).toHaveLength(1)
      const number = (await show(second.id)).number
      const toManager = () =>
        wecom.fake.sentToStaff.filter(
          ({ userId, text }) => userId === '大区' && text.includes(`#${number}「店长处理」`),
        )
      await until(async () => toManager().length > 0, 'the regional manager told')
      expect(toManager()).toHaveLength(1)

      // The power goes; everything is found again, and every history folds to its stored state.
      const before = await Promise.all((await tickets()).map(({ id }) => show(id)))
      await service.kill()
      service = await startService(options)
      moveCallbacks(wecom.fake, { url: service.url, desk })
      const again = (await import('../support/service.ts')).apiOf
      const session = await again(service.url)('POST', '/api/session', {
        ...{ desk, name: 'admin', password: 'correct horse battery' },
      })
      const back = again(service.url, session.body.token)
      for (const ticket of before) {
        const now = (await back('GET', `/api/tickets/${ticket.id}`)).body
        expect({ ...now, now: 0, transitions: [] }).toEqual({ ...ticket, now: 0, transitions: [] })
        expect((await back('GET', `/api/tickets/${ticket.id}/replay`)).body).toMatchObject({ equal: true })
      }

      // Three days of silence count as a yes, also after the restart.
      await back('POST', '/api/clock', { byMs: 80 * HOUR })
      const confirmed = (await back('GET', `/api/tickets/${first.id}`)).body
      expect(confirmed.places.map((place: { node: string }) => place.node)).toEqual(['归因'])
    },
    120_000,
  )
})
