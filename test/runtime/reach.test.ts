import { afterAll, describe, expect, test } from 'vitest'
import type { ExplanationReply } from '#core/wire'
import { databases } from '../support/database.ts'
import { ACCOUNT, createRetailDesk, enter, installRetail, startWecom } from '../support/retail-desk.ts'
import { startService, until } from '../support/service.ts'

const HOUR = 3_600_000
const desk = 'reach'

interface Send {
  readonly id: string
  readonly state: string
  readonly reason: string | null
  readonly purpose: string
  readonly sop: string | null
  readonly text: string
  readonly due: number | null
  readonly why: { readonly zh: readonly string[] }
  readonly verdict: { readonly way: string; readonly reasons: Record<string, unknown>[] }
}

describe.each(databases())('messages pass one gate on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test.skipIf(reason)(
    'quiet hours defer, caps hold, a complaint pauses the SOP, and service goes on',
    async () => {
      const options = await fresh()
      const wecom = await startWecom()
      ends.push(wecom.close)
      const { invite, archive } = createRetailDesk(options, desk)
      const service = await startService(options)
      ends.push(() => service.stop())
      const admin = await enter(service.url, invite)
      await installRetail(admin, { url: service.url, desk, archive, wecom })
      const post = async (path: string, body?: unknown) => {
        const answer = await admin('POST', path, body)
        expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
        return answer.body
      }
      const put = async (path: string, body: unknown) => {
        const answer = await admin('PUT', path, body)
        expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
      }
      const move = (byMs: number) => post('/api/clock', { byMs })
      const sends = async (id: string) => (await admin('GET', `/api/sends?customer=${id}`)).body as Send[]
      const promosOf = async (id: string) => (await sends(id)).filter(send => send.purpose === 'promo')
      const promoOf = async (id: string, sop: string, state: string) => {
        const ask = async () => (await promosOf(id)).find(send => send.sop === sop && send.state === state)
        return until(ask, `${sop} of ${id} ${state}`).catch(async (error: unknown) => {
          throw new Error(`${String(error)}: ${JSON.stringify(await sends(id), null, 1)}`)
        })
      }
      const member = async (id: string, lastOrder?: number) => {
        const data = { name: id, 等级: '金卡' }
        await put(`/api/records/customer/${id}`, { data, externalId: `wm-${id}` })
        wecom.fake.befriend(`wm-${id}`, '导购甲')
        if (lastOrder === undefined) return
        const order = { 会员: id, 实付: '10', 件数: 1 }
        await put(`/api/records/订单/O-${id}`, { data: order })
        await post(`/api/records/订单/O-${id}/events`, { event: '下单', at: lastOrder })
      }
      const joins = (id: string) => post(`/api/records/customer/${id}/events`, { event: '添加' })
      const confirm = (id: string) => {
        const open = wecom.fake
          .massTasks()
          .find(t => t.state === 'open' && t.externalUserIds.includes(`wm-${id}`))
        expect(wecom.fake.memberConfirms(open!.task, '导购甲')).toBe(true)
      }
      const at = (text: string) => Date.parse(`${text}+08:00`)
      const goTo = async (text: string) => {
        const { now } = await post('/api/clock', { byMs: 0 })
        await move(at(text) - now)
      }

      // A manager who can be told, four members who have not bought for months, and the SOPs switched on.
      await post('/api/staff', { name: '管理', login: '管理', roles: ['admin'], wecomUser: '管理' })
      for (const id of ['A', 'B', 'C']) await member(id, at('2025-11-01T12:00'))
      const outward = ['notify-customer', 'notify-staff', 'notify-admin', 'send']
      await post('/api/packs/retail/live', { outward })

      // Nobody wrote lately, so each message is a task that a member confirms: reserved until then.
      for (const id of ['A', 'B', 'C']) await promoOf(id, '沉睡唤醒', 'waiting')
      expect(wecom.fake.massTasks()).toHaveLength(3)
      expect(wecom.fake.massSent).toHaveLength(0)

      // The second promotion of a day is beyond the cap: it is not sent and says why.
      await joins('A')
      const beyond = await promoOf('A', '新人礼包', 'deferred')
      expect(beyond).toMatchObject({ reason: 'cap' })
      expect(beyond.verdict.reasons[0]).toMatchObject({
        ...{ reason: 'cap', limit: '触达', row: 0, per: 'day', cap: 1, used: 1 },
      })

      // Confirmed, it counts for today; the other may go when tomorrow's quiet hours end.
      confirm('A')
      await move(0.2 * HOUR)
      await promoOf('A', '沉睡唤醒', 'sent')
      expect(wecom.fake.massSent.map(sent => sent.text)).toEqual(['A，好久不见～ 给您留了一张满减券'])
      await until(
        async () => (await promosOf('A')).find(send => send.due === at('2026-03-03T09:00')),
        'the deferral until tomorrow nine',
      )

      // In the quiet hours a message waits for their end and says so.
      await member('D')
      await goTo('2026-03-02T22:30')
      await joins('D')
      const quiet = await promoOf('D', '新人礼包', 'deferred')
      expect(quiet).toMatchObject({ reason: 'quiet', due: at('2026-03-03T09:00') })
      expect(quiet.why.zh).toEqual(['静默时段 22:00–09:00（「触达」第 1 行），到 2026-03-03 09:00'])
      expect(quiet.verdict.reasons).toMatchObject([
        { reason: 'quiet', limit: '触达', row: 0, from: '22:00', to: '09:00', until: at('2026-03-03T09:00') },
      ])

      const why = async (id: string) =>
        (await admin('GET', `/api/sends/${encodeURIComponent(id)}/explanation`)).body as ExplanationReply
      expect(await why(quiet.id)).toMatchObject({ stale: false, why: { zh: quiet.why.zh } })
      expect((await why(quiet.id)).otherwise[0]!.zh).toBe('若等到 2026-03-03 09:00，就会立即发送')

      // A complaint: its own progress is told at once, the SOP that wrote pauses, its open tasks are withdrawn.
      wecom.fake.customerWrites({ externalUserId: 'wm-C', openKfId: ACCOUNT, text: '面包发霉了' })
      await until(
        async () => (await sends('C')).some(send => send.purpose === 'service' && send.state === 'sent'),
        'the complaint’s own notice',
      )
      expect(wecom.fake.sentToCustomers.at(-1)!.text).toContain('已受理')
      await until(
        async () => wecom.fake.sentToStaff.some(to => to.userId === '管理' && to.text.includes('沉睡唤醒')),
        'the manager told of the pause',
      )
      const sops = (await admin('GET', '/api/sops')).body as { sop: string; paused: object | null }[]
      expect(sops.map(({ sop, paused }) => [sop, paused !== null])).toEqual([
        ['新人礼包', false],
        ['沉睡唤醒', true],
      ])
      // What was held while sending was switched off is another message.
      await until(
        async () =>
          (await promosOf('C')).find(({ state, reason }) => state === 'held' && reason === 'paused'),
        'the withdrawn task',
      )
      await promoOf('B', '沉睡唤醒', 'held')
      expect(wecom.fake.massTasks().filter(task => task.state === 'open')).toEqual([])

      // The open complaint silences promotions of other SOPs too, for this customer alone.
      await joins('C')
      const silenced = await promoOf('C', '新人礼包', 'dropped')
      expect(silenced.verdict.reasons).toMatchObject([
        { reason: 'skip', limit: '触达', index: 0 },
        { reason: 'quiet', row: 0 },
      ])
      expect((await why(silenced.id)).otherwise.map(({ zh }) => zh)).toEqual([
        '若等到 2026-03-03 09:00、没有未结束的「客诉工单」，就会立即发送',
      ])

      // Let go on, the held messages come before the gate again.
      await post('/api/sops/沉睡唤醒/resumption')
      expect(await promoOf('B', '沉睡唤醒', 'deferred')).toMatchObject({ reason: 'quiet' })
      expect((await promoOf('C', '沉睡唤醒', 'dropped')).verdict.reasons[0]).toMatchObject({ reason: 'skip' })

      await goTo('2026-03-03T08:59')
      expect((await promosOf('D'))[0]!.state).toBe('deferred')
      await goTo('2026-03-03T09:01')
      for (const id of ['A', 'D']) await promoOf(id, '新人礼包', 'waiting')
      await promoOf('B', '沉睡唤醒', 'waiting')

      // What nobody confirms within a day is withdrawn and no longer counts.
      await goTo('2026-03-04T10:00')
      for (const id of ['A', 'B', 'D'])
        await until(
          async () =>
            (await promosOf(id)).some(send => send.state === 'failed' && send.reason === 'unconfirmed'),
          `the unconfirmed message of ${id} given up`,
        )
      expect(wecom.fake.massTasks().filter(task => task.state === 'open')).toEqual([])

      // WeCom made the task but did not say so: it is not made again, and says that nobody knows.
      wecom.fake.failNext('/cgi-bin/externalcontact/add_msg_template', 'fail_after')
      await member('E')
      await joins('E')
      expect(await promoOf('E', '新人礼包', 'failed')).toMatchObject({ reason: 'uncertain' })
      expect(wecom.fake.massTasks().filter(task => task.externalUserIds.includes('wm-E'))).toHaveLength(1)

      // A new member who is nobody's contact gets nothing, and it does not count.
      await put('/api/records/customer/F', { data: { name: 'F' }, externalId: 'wm-F' })
      await joins('F')
      expect(await promoOf('F', '新人礼包', 'failed')).toMatchObject({ reason: 'not-a-contact' })

      // An order reaches the goal and ends the SOP; who is left gets a to-do, and its delay is told.
      const order = { 会员: 'A', 实付: '10', 件数: 1 }
      await put('/api/records/订单/O-A2', { data: order })
      await post('/api/records/订单/O-A2/events', { event: '下单' })
      await goTo('2026-03-17T13:00')
      const todos = (await admin('GET', '/api/todos')).body as {
        id: string
        customer: string
        state: string
        text: string
      }[]
      expect(todos.filter(todo => todo.customer === 'A')).toEqual([])
      const late = todos.find(todo => todo.customer === 'B')!
      expect(late).toMatchObject({ state: 'overdue' })
      await post(`/api/todos/${encodeURIComponent(late.id)}/done`)
      expect((await admin('GET', '/api/todos')).body).not.toContainEqual(late)
    },
    240_000,
  )
})
