import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signWebhook } from '../../runtime/channels/webhook/index.ts'
import { databases } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, startWecom } from '../support/retail-desk.ts'
import { startService, type Api, type Service } from '../support/service.ts'
import { publishShopSource } from '../support/shop-source.ts'

describe.each(databases())('what other systems send on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let admin: Api
  let service: Service
  let secret: string
  const options = reason ? undefined : fresh()

  beforeAll(async () => {
    if (!options) return
    const { invite, archive } = createRetailDesk(await options, 'one')
    service = await startService(await options)
    ends.push(() => service.stop())
    const wecom = await startWecom()
    ends.push(wecom.close)
    admin = await enter(service.url, invite)
    await installRetail(admin, { url: service.url, desk: 'one', archive, wecom })
    await publishShopSource(admin)
    secret = (await admin('PUT', '/api/secrets/SHOP_TOKEN', {})).body.value
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  interface Sent {
    readonly id: string
    readonly body: unknown
    readonly at?: number
    readonly desk?: string
    readonly source?: string
    readonly key?: string
    /** What is signed when it is not what is sent. */
    readonly signed?: string
  }

  const send = async ({
    id,
    body,
    at = Date.now(),
    desk = 'one',
    source = '商城',
    key = secret,
    signed,
  }: Sent) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const timestamp = String(Math.floor(at / 1000))
    const signature = signWebhook({ id, timestamp, body: Buffer.from(signed ?? text) }, key)
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    const url = `${service.url}/api/sources/${encodeURIComponent(source)}?desk=${desk}`
    const answer = await fetch(url, { method: 'POST', headers, body: text })
    return { status: answer.status, text: await answer.text() }
  }
  const said = async (sent: Sent) => {
    const { status, text } = await send(sent)
    expect(status, text).toBe(202)
    return (JSON.parse(text) as { state: string }).state
  }
  const shopping = async (key: string) => {
    const { body } = await admin('GET', `/api/records/${encodeURIComponent('购物')}`)
    return (body as { key: string; data: unknown }[]).find(row => row.key === key)?.data
  }
  const paid = (no: string, more: object = {}, timestamp?: string) => ({
    ...{ type: 'order.paid', ...(timestamp && { timestamp }) },
    data: { no, buyer: 'B1', total: '88.00', state: 'paid', ...more },
  })

  test.skipIf(reason)('are kept as records with their customers, once per id', async () => {
    expect(await said({ id: 'a1', body: paid('O1') })).toBe('done')
    expect(await said({ id: 'a1', body: paid('O1') })).toBe('done')
    expect(await shopping('O1')).toEqual({ 号: 'O1', 买家: 'B1', 金额: '88.00', 状态: 'paid' })
    const [source] = (await admin('GET', '/api/sources')).body
    expect(source).toMatchObject({ name: '商城', isSecretSet: true, done: 1, ignored: 0, dead: 0 })
    const reused = await send({ id: 'a1', body: paid('O1', { total: '1.00' }) })
    expect([reused.status, JSON.parse(reused.text).code]).toEqual([409, 'message-reused'])
    expect(await said({ id: 'a2', body: { type: 'cart.left', data: {} } })).toBe('ignored')
  })

  test.skipIf(reason)('in any order come to what they come to in theirs', async () => {
    const minute = (n: number) => new Date(Date.now() - (10 - n) * 60_000).toISOString()
    const messages = [
      { id: 'm1', body: paid('O?', {}, minute(1)) },
      {
        id: 'm2',
        body: { type: 'order.back', timestamp: minute(2), data: { no: 'O?', state: 'back', count: 1 } },
      },
      { id: 'm3', body: paid('O?', { state: 'paid again', total: '90.00' }, minute(3)) },
      { id: 'm4', body: { type: 'order.back', timestamp: minute(4), data: { no: 'O?', count: 2 } } },
    ]
    const play = async (no: string, order: readonly number[]) => {
      for (const index of order) {
        const { id, body } = messages[index]!
        expect(
          await said({ id: `${no}-${id}`, body: JSON.parse(JSON.stringify(body).replace('O?', no)) }),
        ).toBe('done')
      }
      return JSON.stringify(await shopping(no)).replaceAll(no, 'O')
    }
    const inOrder = await play('P0', [0, 1, 2, 3])
    expect(JSON.parse(inOrder)).toMatchObject({ 金额: '90.00', 状态: 'paid again', 件数: 2 })
    expect(JSON.parse(await play('P1', [3, 1, 0, 2]))).toEqual(JSON.parse(inOrder))
    expect(JSON.parse(await play('P2', [2, 3, 1, 0]))).toEqual(JSON.parse(inOrder))
    expect(JSON.parse(await play('P3', [1, 1, 0, 3, 2, 0]))).toEqual(JSON.parse(inOrder))
  })

  test.skipIf(reason)('all at once count once each', async () => {
    const body = paid('Q1')
    const answers = await Promise.all(Array.from({ length: 12 }, () => send({ id: 'q1', body })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    const [{ done }] = (await admin('GET', '/api/sources')).body
    await said({ id: 'q2', body: paid('Q2') })
    expect((await admin('GET', '/api/sources')).body[0].done).toBe(done + 1)
  })

  test.skipIf(reason)(
    'and cannot be read wait to be mended, and then count for when they were sent',
    async () => {
      expect(await said({ id: 'd1', body: '{"type":' })).toBe('dead')
      expect(await said({ id: 'd2', body: { data: {} } })).toBe('dead')
      const sentAt = new Date(Date.now() - 3_600_000).toISOString()
      expect(await said({ id: 'd3', body: paid('R1', { total: 'free' }, sentAt) })).toBe('dead')
      expect(await said({ id: 'd4', body: paid('R1', { total: '5.00' }) })).toBe('done')
      expect(await said({ id: 'd5', body: paid('R2', {}, '2036-01-01T00:00:00Z') })).toBe('dead')
      const path = `/api/sources/${encodeURIComponent('商城')}/dead`
      const dead = (await admin('GET', path)).body as {
        id: string
        problem: { code: string }
        body: string
      }[]
      expect(dead.map(({ id, problem }) => [id, problem.code])).toEqual([
        ...[
          ['d1', 'json'],
          ['d2', 'shape'],
          ['d3', 'fields'],
        ],
        ['d5', 'future'],
      ])
      expect(dead[2]).toMatchObject({
        problem: { fields: [{ field: '金额', problem: 'type', detail: '"free"' }] },
      })
      const still = await admin('POST', `${path}/d3/again`, {})
      expect(still.body).toEqual({ state: 'dead' })
      const mended = await admin('POST', `${path}/d3/again`, {
        body: paid('R1', { total: '4.00', state: 'old' }, sentAt),
      })
      expect(mended).toMatchObject({ status: 200, body: { state: 'done' } })
      expect(await shopping('R1')).toMatchObject({ 金额: '5.00', 状态: 'paid' })
      expect((await admin('DELETE', `${path}/d1`)).status).toBe(204)
      expect((await admin('DELETE', `${path}/d1`)).status).toBe(404)
      expect((await admin('POST', `${path}/d3/again`, {})).status).toBe(404)
      expect(((await admin('GET', path)).body as unknown[]).length).toBe(2)
    },
  )

  test.skipIf(reason)(
    'unproved are refused alike, whatever is wrong with them, and leave nothing',
    async () => {
      const before = (await admin('GET', '/api/sources')).body
      const body = paid('X1')
      const wrong: Sent[] = [
        { id: 'x', body, key: 'whsec_AAAA' },
        { id: 'x', body, desk: 'nowhere' },
        { id: 'x', body, desk: '' },
        { id: 'x', body, source: '没有' },
        { id: 'x', body, source: 'constructor' },
        { id: 'x', body, at: Date.now() - 6 * 60_000 },
        { id: 'x', body, at: Date.now() + 6 * 60_000 },
        { id: 'x', body, signed: 'something else' },
        { id: 'y'.repeat(201), body },
      ]
      const answers = await Promise.all(wrong.map(send))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect(answers[0]!.status).toBe(401)
      expect(await shopping('X1')).toBeUndefined()
      expect((await admin('GET', '/api/sources')).body).toEqual(before)
      const huge = await send({ id: 'h', body: paid('H', { state: 'x'.repeat(300_000) }) })
      expect(huge.status).toBe(413)
    },
  )

  test.skipIf(reason)('a signature is what Standard Webhooks says it is', () => {
    // The example of the specification's libraries.
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      body: Buffer.from('{"test": 2432232314}'),
    }
    expect(signWebhook(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
  })
})
