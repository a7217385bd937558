import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { createWecomFake } from '../../runtime/channels/wecom-fake/index.ts'
import {
  createWecomClient,
  openCallback,
  openEcho,
  readCallback,
} from '../../runtime/channels/wecom/index.ts'

const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const secrets = { token: 'QDG6eK', aesKey, receiveId: 'ww1' }
const openKfId = 'wk1'
const now = () => 1_760_000_000_000
const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A receiver over HTTP that answers with the statuses given, then 200, and the fake that calls it. */
async function setUp(options: { statuses?: number[]; seed?: string } = {}) {
  const statuses = [...(options.statuses ?? [])]
  const received: { nonce: string; token: string; body: string }[] = []
  const app = new Hono()
  app.get('/wecom', context => {
    const echo = openEcho({ query: context.req.query(), secrets, now: now() })
    return echo.ok ? context.text(echo.echo) : context.text('', 403)
  })
  app.post('/wecom', async context => {
    const query = context.req.query()
    const body = await context.req.text()
    const opened = openCallback({ query, body, secrets, now: now() })
    if (!opened.ok) return context.text('', 403)
    const callback = readCallback(opened.xml)
    if (callback.kind === 'other') return context.text('', 400)
    received.push({ nonce: query['nonce'] ?? '', token: callback.token, body: opened.xml })
    return context.text('success', (statuses.shift() ?? 200) as 200)
  })
  const fake = createWecomFake({ corpId: 'ww1', secret: 's', now, seed: options.seed ?? 'callbacks' })
  const baseUrl = await listen(app)
  const client = createWecomClient({
    ...{ baseUrl: await listen(fake.app), corpId: 'ww1', secret: 's', agentId: 1, fetch, now },
  })
  const configure = (changes: object = {}) =>
    fake.configureCallback({ url: `${baseUrl}/wecom`, token: 'QDG6eK', aesKey, openKfId, ...changes })
  configure()
  const write = (text: string) => fake.customerWrites({ externalUserId: 'wm1', openKfId, text })
  return { fake, client, received, configure, write }
}

function listen(app: Hono): Promise<string> {
  return new Promise(resolve => {
    const server = serve({ fetch: app.fetch, port: 0 }, info => resolve(urlOf(info)))
    closing.push(() => void server.close())
  })
}

const urlOf = ({ port }: AddressInfo) => `http://127.0.0.1:${port}`

describe('callbacks of the fake', () => {
  test('a customer’s words arrive as a token that pulls them, never as text', async () => {
    const { fake, client, received, write } = await setUp()
    const msgId = write('门锁坏了')
    await fake.settled()
    expect(received).toHaveLength(1)
    expect(received[0]?.body).not.toContain('门锁')
    const page = await client.syncMessages({ cursor: '', token: received[0]!.token, openKfId })
    expect(page.messages).toMatchObject([{ msgId, text: '门锁坏了' }])
  })

  test('the URL of an account is verified by its echo', async () => {
    const { fake, configure } = await setUp()
    expect(await fake.verifyCallback(openKfId)).toBe(true)
    configure({ token: 'wrong' })
    expect(await fake.verifyCallback(openKfId)).toBe(false)
    expect(await fake.verifyCallback('wkOther')).toBe(false)
    expect(() => configure({ aesKey: 'short' })).toThrow(RangeError)
    expect(() => configure({ url: 'nowhere' })).toThrow(TypeError)
  })

  test('a callback that is not answered with 200 is repeated three times and no more', async () => {
    const { fake, received, write } = await setUp({ statuses: [500, 503] })
    write('hello')
    await fake.settled()
    expect(fake.callbackAttempts.map(attempt => attempt.status)).toEqual([500, 503, 200])
    expect(new Set(received.map(callback => callback.nonce)).size).toBe(1)
    const deaf = await setUp({ statuses: [500, 500, 500, 500, 500] })
    deaf.write('hello')
    await deaf.fake.settled()
    expect(deaf.fake.callbackAttempts).toHaveLength(4)
  })

  test('a receiver that refuses connections counts as not answering', async () => {
    const { fake, configure, write } = await setUp()
    configure({ url: 'http://127.0.0.1:1/wecom' })
    write('hello')
    await fake.settled()
    expect(fake.callbackAttempts.map(attempt => attempt.status)).toEqual([0, 0, 0, 0])
  })

  test('a receiver that hangs is let go after the timeout and asked again', async () => {
    let asked = 0
    const fake = createWecomFake({
      ...{ corpId: 'ww1', secret: 's', now, seed: 'hang', callbackTimeoutMs: 40 },
      fetch: () =>
        ++asked < 3 ? new Promise<never>(() => undefined) : Promise.resolve(new Response('success')),
    })
    fake.configureCallback({ url: 'http://desk.example/wecom', token: 'QDG6eK', aesKey, openKfId })
    fake.customerWrites({ externalUserId: 'wm1', openKfId, text: 'hello' })
    await fake.settled()
    expect(fake.callbackAttempts.map(attempt => attempt.status)).toEqual([0, 0, 200])
  })

  test('duplicated callbacks come twice, some with the same nonce and some without, and the message stays one', async () => {
    const { fake, client, received, write } = await setUp()
    fake.faults.duplicateCallbacks = 1
    const ids = Array.from({ length: 12 }, (_, index) => write(`${index}`))
    await fake.settled()
    expect(received).toHaveLength(24)
    const nonces = new Set(received.map(callback => callback.nonce)).size
    expect(nonces).toBeGreaterThan(12)
    expect(nonces).toBeLessThan(24)
    expect(new Set(received.map(callback => callback.token)).size).toBe(12)
    const page = await client.syncMessages({ cursor: '', token: received[0]!.token, openKfId })
    expect(page.messages.map(message => message.msgId)).toEqual(ids)
  })

  test('a reordered callback is overtaken by a later one', async () => {
    const { fake, received, write } = await setUp()
    write('warm up')
    await fake.settled()
    fake.faults.reorderCallbacks = 1
    write('first')
    await new Promise(resolve => setTimeout(resolve, 20))
    fake.faults.reorderCallbacks = 0
    write('second')
    await fake.settled()
    const order: string[] = received.map(callback => callback.token)
    const issued = await tokensInOrder()
    expect(order).toEqual([issued[0], issued[2], issued[1]])
  })

  test('delayed callbacks wait on the clock they are given', async () => {
    const waited: number[] = []
    const delivered: string[] = []
    const fake = createWecomFake({
      ...{ corpId: 'ww1', secret: 's', now, seed: 'delay' },
      wait: async ms => void waited.push(ms),
      fetch: async input => {
        delivered.push(String(input))
        return new Response('success')
      },
    })
    fake.configureCallback({ url: 'http://desk.example/wecom', token: 'QDG6eK', aesKey, openKfId })
    fake.faults.delayCallbacksMs = 60_000
    for (let index = 0; index < 5; index++)
      fake.customerWrites({ externalUserId: 'wm1', openKfId, text: 'x' })
    await fake.settled()
    expect(delivered).toHaveLength(5)
    expect(new Set(waited).size).toBe(5)
    expect(Math.max(...waited)).toBeLessThanOrEqual(60_000)
  })

  test('an account without a URL keeps its messages and calls nobody', async () => {
    const { fake, client, received } = await setUp()
    fake.customerWrites({ externalUserId: 'wm1', openKfId: 'wk2', text: 'hello' })
    await fake.settled()
    expect(received).toEqual([])
    expect((await client.syncMessages({ cursor: '', openKfId: 'wk2' })).messages).toHaveLength(1)
  })
})

/** The tokens a fake of the same seed issues for three messages, undisturbed. */
async function tokensInOrder(): Promise<string[]> {
  const { fake, received, write } = await setUp()
  for (const text of ['warm up', 'first', 'second']) {
    write(text)
    await fake.settled()
  }
  return received.map(callback => callback.token)
}
