import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createWecomFake, type WecomFake } from '../../runtime/channels/wecom-fake/index.ts'
import { createWecomClient, WecomError, type WecomClient } from '../../runtime/channels/wecom/index.ts'

const HOUR = 3_600_000
const kf = 'wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q'
const customer = 'wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw'

let clock = 0
let fake: WecomFake
let client: WecomClient
let calls: string[] = []
const now = () => clock

// One server for all tests; each test has its own fake behind it.
const server: ServerType = serve({ fetch: request => fake.app.fetch(request), port: 0 })
const counting: typeof fetch = (input, init) => {
  calls.push(new URL(String(input)).pathname)
  return fetch(input, init)
}
const clientWith = (changes: Partial<Parameters<typeof createWecomClient>[0]> = {}) =>
  createWecomClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ corpId: 'ww1', secret: 's3cret', agentId: 1000002, fetch: counting, now, ...changes },
  })

beforeEach(() => {
  clock = 1_760_000_000_000
  calls = []
  fake = createWecomFake({ corpId: 'ww1', secret: 's3cret', now, seed: 'client' })
  client = clientWith()
})
afterAll(() => void server.close())

const write = (text: string) => fake.customerWrites({ externalUserId: customer, openKfId: kf, text })
const send = (msgId: string, text = '您好') =>
  client.sendKfText({ externalUserId: customer, openKfId: kf, text, msgId })
const times = (path: string) => calls.filter(call => call === path).length

describe('pulling messages', () => {
  test('pages follow the cursor and give every message once, in order', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => write(`第 ${index} 条`))
    const texts: (string | undefined)[] = []
    const seen: string[] = []
    let cursor = ''
    for (let more = true; more;) {
      const page = await client.syncMessages({ cursor, openKfId: kf, limit: 10 })
      seen.push(...page.messages.map(message => message.msgId))
      texts.push(...page.messages.map(message => message.text))
      ;({ nextCursor: cursor, hasMore: more } = page)
    }
    expect(seen).toEqual(ids)
    expect(texts[24]).toBe('第 24 条')
    expect(times('/cgi-bin/kf/sync_msg')).toBe(3)
    const later = write('再来')
    const next = await client.syncMessages({ cursor, openKfId: kf })
    expect(next.messages.map(message => message.msgId)).toEqual([later])
    expect(next).toMatchObject({ hasMore: false, unreadable: 0 })
  })

  test('a message carries all the API documents', async () => {
    const msgId = write('门锁坏了')
    const { messages } = await client.syncMessages({ cursor: '', openKfId: kf })
    const common = { msgId, openKfId: kf, externalUserId: customer, sendTime: clock / 1000 }
    expect(messages).toEqual([{ ...common, origin: 3, msgType: 'text', text: '门锁坏了' }])
  })

  test('pages shorter than asked still lose nothing', async () => {
    fake.faults.shortPages = 1
    const ids = Array.from({ length: 30 }, (_, index) => write(String(index)))
    const seen: string[] = []
    let cursor = ''
    for (let more = true; more;) {
      const page = await client.syncMessages({ cursor, openKfId: kf, limit: 10 })
      seen.push(...page.messages.map(message => message.msgId))
      ;({ nextCursor: cursor, hasMore: more } = page)
    }
    expect(seen).toEqual(ids)
  })

  test('other accounts, messages older than three days and repeated ids do not appear', async () => {
    write('old')
    clock += 72 * HOUR
    const kept = write('new')
    fake.customerWrites({ externalUserId: customer, openKfId: kf, text: 'again', msgId: kept })
    fake.customerWrites({ externalUserId: customer, openKfId: 'wkOther', text: 'elsewhere' })
    const { messages } = await client.syncMessages({ cursor: '', openKfId: kf })
    expect(messages.map(message => message.text)).toEqual(['new'])
  })

  test('a forged cursor and a token that is not theirs are refused for good', async () => {
    write('hello')
    const { nextCursor } = await client.syncMessages({ cursor: '', openKfId: kf })
    const forged = client.syncMessages({ cursor: `2${nextCursor.slice(1)}`, openKfId: kf })
    await expect(forged).rejects.toMatchObject({ code: 40058, retryable: false })
    const withToken = client.syncMessages({ cursor: '', token: 'ENCforged', openKfId: kf })
    await expect(withToken).rejects.toMatchObject({ code: 95007, retryable: false })
  })

  test('pulling without a token is limited', async () => {
    for (let pull = 0; pull < 60; pull++) await client.syncMessages({ cursor: '', openKfId: kf })
    const over = client.syncMessages({ cursor: '', openKfId: kf })
    await expect(over).rejects.toMatchObject({ code: 45009, retryable: true })
  })
})

describe('access tokens', () => {
  test('one token serves many calls, also when the first come together', async () => {
    write('hello')
    await Promise.all([
      client.customers([customer]),
      client.customers([customer]),
      client.customers([customer]),
    ])
    await client.customers([customer])
    expect(times('/cgi-bin/gettoken')).toBe(1)
  })

  test('a token is renewed before it runs out', async () => {
    await client.customers([customer])
    clock += 7_200_000 - 59_000
    await client.customers([customer])
    expect(times('/cgi-bin/gettoken')).toBe(2)
    expect(times('/cgi-bin/kf/customer/batchget')).toBe(2)
  })

  test('an expired token (42001) and a revoked one (40014) are replaced once, unseen by the caller', async () => {
    const stopped = clientWith({ now: () => 0 })
    await stopped.customers([customer])
    clock += 7_200_001
    await stopped.customers([customer])
    fake.revokeTokens()
    await stopped.customers([customer])
    expect(times('/cgi-bin/gettoken')).toBe(3)
    expect(times('/cgi-bin/kf/customer/batchget')).toBe(5)
  })

  test('a token that is refused again after the renewal is an error, not a loop', async () => {
    const inner = counting
    const revoking: typeof fetch = (input, init) => {
      if (!String(input).includes('gettoken')) fake.revokeTokens()
      return inner(input, init)
    }
    const refused = clientWith({ fetch: revoking }).customers([customer])
    await expect(refused).rejects.toMatchObject({ code: 40014, retryable: true })
    expect(times('/cgi-bin/kf/customer/batchget')).toBe(2)
  })

  test('a wrong secret or corp is an error that repeating does not cure and that names no secret', async () => {
    const wrong = clientWith({ secret: 'hunter2' }).customers([customer])
    await expect(wrong).rejects.toMatchObject({ code: 40001, retryable: false })
    await expect(wrong).rejects.not.toThrow(/hunter2/)
    await expect(clientWith({ corpId: 'ww2' }).customers([customer])).rejects.toMatchObject({ code: 40013 })
  })

  test('a cache that is handed in is shared', async () => {
    let held: { value: string; expiresAt: number } | undefined
    const tokens = { read: async () => held, write: async (token: typeof held) => void (held = token) }
    await clientWith({ tokens }).customers([customer])
    await clientWith({ tokens }).customers([customer])
    expect(times('/cgi-bin/gettoken')).toBe(1)
    expect(held?.expiresAt).toBe(clock + 7_200_000)
  })
})

describe('writing to customers', () => {
  test('the same msgid reaches the customer once, however often and whatever it says', async () => {
    write('hello')
    expect(await send('m-1')).toEqual({ msgId: 'm-1' })
    await send('m-1')
    await send('m-1', '别的')
    expect(fake.sentToCustomers).toEqual([
      { msgId: 'm-1', openKfId: kf, externalUserId: customer, text: '您好', at: clock },
    ])
  })

  test('after five messages the customer has to write first; repeating an old one costs nothing', async () => {
    write('hello')
    for (const id of ['1', '2', '3', '4', '5', '5']) await send(id)
    await expect(send('6')).rejects.toMatchObject({ code: 95001, retryable: false })
    await send('5')
    write('still there?')
    await send('6')
    expect(fake.sentToCustomers.map(message => message.msgId)).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  test('after 48 hours the customer has to write first', async () => {
    write('hello')
    clock += 48 * HOUR
    await send('1')
    clock += 1
    await expect(send('2')).rejects.toMatchObject({ code: 95002, retryable: false })
    write('back again')
    await send('2')
  })

  test('unknown accounts, unknown customers, bad ids and long texts are refused with their codes', async () => {
    write('hello')
    const base = { externalUserId: customer, openKfId: kf, text: 'x', msgId: '1' }
    const codeOf = (changes: object) =>
      client.sendKfText({ ...base, ...changes }).catch((error: unknown) => (error as WecomError).code)
    expect(await codeOf({ openKfId: 'wk0' })).toBe(95000)
    expect(await codeOf({ externalUserId: 'wm0' })).toBe(40096)
    expect(await codeOf({ msgId: 'x'.repeat(33) })).toBe(40058)
    expect(await codeOf({ text: '' })).toBe(44004)
    expect(await codeOf({ text: '字'.repeat(683) })).toBe(45002)
    expect(fake.sentToCustomers).toEqual([])
  })

  test('a customer who refuses messages shows as an event', async () => {
    write('hello')
    fake.customerBlocks(customer)
    await send('m-9')
    const { messages } = await client.syncMessages({ cursor: '', openKfId: kf })
    expect(messages[1]).toMatchObject({ origin: 4, msgType: 'event', externalUserId: customer })
    expect(messages[1]?.event).toEqual({ type: 'msg_send_fail', failMsgId: 'm-9', failType: 10 })
    expect(fake.sentToCustomers).toEqual([])
  })

  test('names are found in batches of a hundred, unknown customers are left out', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `wm${index}`)
    for (const id of ids)
      fake.customerWrites({ externalUserId: id, openKfId: kf, text: 'x', name: `客户${id}` })
    const found = await client.customers([...ids, 'wmUnknown'])
    expect(found).toHaveLength(120)
    expect(found[7]).toEqual({ externalUserId: 'wm7', nickname: '客户wm7' })
    expect(times('/cgi-bin/kf/customer/batchget')).toBe(2)
    expect(await client.customers([])).toEqual([])
  })
})

describe('writing to members', () => {
  test('a text reaches each member; unknown members are named', async () => {
    fake = createWecomFake({ corpId: 'ww1', secret: 's3cret', now, staff: ['zhang', 'li'], agentId: 1000002 })
    expect(await client.sendAppText({ toUsers: ['zhang', 'li', 'nobody'], text: '新工单' })).toEqual({
      invalidUsers: ['nobody'],
    })
    expect(fake.sentToStaff.map(message => message.userId)).toEqual(['zhang', 'li'])
    await expect(client.sendAppText({ toUsers: ['nobody'], text: 'x' })).rejects.toMatchObject({
      code: 81013,
    })
    const other = clientWith({ agentId: 7 }).sendAppText({ toUsers: ['li'], text: 'x' })
    await expect(other).rejects.toMatchObject({ code: 40056 })
  })

  test('what exceeds thirty a minute is dropped without a word', async () => {
    for (let index = 0; index < 32; index++)
      await client.sendAppText({ toUsers: ['zhang'], text: `${index}` })
    expect(fake.sentToStaff).toHaveLength(30)
    expect(fake.droppedForStaff.map(message => message.text)).toEqual(['30', '31'])
    clock += 60_000
    await client.sendAppText({ toUsers: ['zhang'], text: 'later' })
    expect(fake.sentToStaff).toHaveLength(31)
  })

  test('an equal text within the asked time arrives once', async () => {
    const text = { toUsers: ['zhang', 'li'], text: '超时提醒', onceWithinS: 600 }
    await client.sendAppText(text)
    await client.sendAppText({ ...text, toUsers: ['li', 'zhang'] })
    expect(fake.sentToStaff).toHaveLength(2)
    clock += 600_000
    await client.sendAppText(text)
    expect(fake.sentToStaff).toHaveLength(4)
  })
})

describe('bad days', () => {
  const path = '/cgi-bin/kf/send_msg'

  test('a 502 after the effect looks like one before it; repeating the msgid sends once either way', async () => {
    write('hello')
    fake.failNext(path, 'fail_before')
    await expect(send('1')).rejects.toMatchObject({ code: -1002, retryable: true })
    expect(fake.sentToCustomers).toHaveLength(0)
    fake.failNext(path, 'fail_after')
    await expect(send('1')).rejects.toMatchObject({ code: -1002, retryable: true })
    expect(fake.sentToCustomers).toHaveLength(1)
    await send('1')
    expect(fake.sentToCustomers).toHaveLength(1)
  })

  test('a call that hangs ends by its timeout, whether it took effect or not', async () => {
    write('hello')
    await send('0')
    client = clientWith({ timeoutMs: 150 })
    fake.failNext(path, 'hang_before')
    fake.failNext(path, 'hang_after')
    const start = performance.now()
    await expect(send('1')).rejects.toMatchObject({ code: -1001, retryable: true })
    expect(fake.sentToCustomers).toHaveLength(1)
    await expect(send('1')).rejects.toBeInstanceOf(WecomError)
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(fake.sentToCustomers).toHaveLength(2)
    await send('1')
    expect(fake.sentToCustomers).toHaveLength(2)
  })

  test('faults by chance hit about as often as asked and the same way for the same seed', async () => {
    const run = async () => {
      fake = createWecomFake({ corpId: 'ww1', secret: 's3cret', now, seed: 'chance' })
      await client.customers([customer]).catch(() => undefined)
      fake.faults.failBefore = 0.3
      const results = []
      for (let index = 0; index < 60; index++) {
        results.push(
          await client.customers([customer]).then(
            () => 'ok',
            () => 'failed',
          ),
        )
      }
      return results.join()
    }
    const first = await run()
    const failed = first.split('failed').length - 1
    expect(failed).toBeGreaterThan(6)
    expect(failed).toBeLessThan(35)
    client = clientWith()
    expect(await run()).toBe(first)
  })

  test.each([
    ['no JSON', '<html>'],
    ['no errcode', '{}'],
    ['an errcode of text', '{"errcode":"0"}'],
    ['an array', '[]'],
    ['no page', '{"errcode":0,"access_token":"a","expires_in":7200}'],
    [
      'a list that is none',
      '{"errcode":0,"access_token":"a","expires_in":7200,"next_cursor":"","has_more":0,"msg_list":{}}',
    ],
  ])('an answer with %s is refused as unreadable', async (_, body) => {
    const odd = clientWith({ fetch: async () => new Response(body) })
    const page = odd.syncMessages({ cursor: '', openKfId: kf })
    await expect(page).rejects.toMatchObject({ code: -1003, retryable: true })
  })

  test('an entry that lacks its basics is counted and costs only itself', async () => {
    const good = { msgid: 'a', open_kfid: kf, external_userid: customer, send_time: 1, origin: 3 }
    const list = [
      { ...good, msgtype: 'image', image: {} },
      { ...good, msgtype: 'text' },
      null,
      { msgtype: 'text' },
    ]
    const answer = {
      errcode: 0,
      access_token: 'a',
      expires_in: 7200,
      next_cursor: 'c',
      has_more: 0,
      msg_list: list,
    }
    const odd = clientWith({ fetch: async () => Response.json(answer) })
    const page = await odd.syncMessages({ cursor: '', openKfId: kf })
    expect(page).toMatchObject({ unreadable: 3, messages: [{ msgId: 'a', msgType: 'image' }] })
  })

  test('nobody listening is an error worth repeating that shows neither secret nor token', async () => {
    const lost = clientWith({ baseUrl: 'http://127.0.0.1:1' }).customers([customer])
    await expect(lost).rejects.toMatchObject({ name: 'WecomError', code: -1001, retryable: true })
    const error: unknown = await lost.catch((thrown: unknown) => thrown)
    expect(String(error) + JSON.stringify(error)).not.toContain('s3cret')
  })
})
