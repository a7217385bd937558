import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueueRowReply } from '#core/wire'
import { sealCallback } from '../../runtime/channels/wecom/index.ts'
import { routes } from '../../runtime/http/routes.ts'
import { bothDatabases } from '../support/database.ts'
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
import { apiOf, startService, until, type Api, type Service } from '../support/service.ts'

const [pglite] = bothDatabases()

describe('the edges of the service', () => {
  const ends: (() => unknown)[] = []
  let service: Service
  let options: Awaited<ReturnType<NonNullable<typeof pglite>['fresh']>>
  let admin: Api
  let stranger: Api
  let apis: Record<PersonName, Api>
  let ticket: string
  let archive: Uint8Array
  const opening = {
    ...{ ticket: '客诉', entry: 'workbench', customer: null },
    fields: { 描述: '面包发霉了' },
  }

  beforeAll(async () => {
    options = await pglite!.fresh()
    const one = createRetailDesk(options, 'one')
    const two = createRetailDesk(options, 'two')
    archive = one.archive
    service = await startService(options)
    ends.push(() => service.stop())
    const wecom = await startWecom()
    ends.push(wecom.close)
    admin = await enter(service.url, one.invite)
    stranger = await enter(service.url, two.invite)
    await installRetail(stranger, { url: service.url, desk: 'two', archive, wecom })
    apis = (await installRetail(admin, { url: service.url, desk: 'one', archive: one.archive, wecom })).apis
    ticket = (await apis.导购甲('POST', '/api/tickets', opening)).body.id
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test('a second server on the same data exits with 3 within two seconds and says why', async () => {
    const started = Date.now()
    const env = { ...process.env, AXLE_DATA: options.dataDir, AXLE_PORT: '0', AXLE_DEMO: 'off' }
    const second = spawn(process.execPath, ['runtime/main.ts'], { env })
    let said = ''
    second.stderr.on('data', chunk => (said += String(chunk)))
    const [status] = (await once(second, 'close')) as [number]
    expect(status).toBe(3)
    expect(said).toContain(options.dataDir)
    // Why not two seconds: starting Node and loading the sources on a busy machine counts here as well.
    expect(Date.now() - started).toBeLessThan(15_000)
  })

  test('nobody without a login gets past a public route', async () => {
    const anybody = apiOf(service.url)
    for (const { method, path, access } of routes) {
      if (access === 'public') continue
      const { status, body } = await anybody(method.toUpperCase(), path.replace(/:\w+/g, 'x'))
      expect(`${method} ${path} ${status} ${body.code}`).toBe(`${method} ${path} 401 log-in-first`)
    }
  })

  test('staff get 403 on every route of administrators', async () => {
    for (const { method, path, access } of routes) {
      if (access !== 'admin') continue
      const { status, body } = await apis.店长(method.toUpperCase(), path.replace(/:\w+/g, 'x'))
      expect(`${method} ${path} ${status} ${body.code}`).toBe(`${method} ${path} 403 admin-only`)
    }
  })

  test('another desk’s ticket and a missing one are the same 404 to the byte', async () => {
    const ways: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/explanations?of=assignment'],
      ['GET', '/replay'],
      ['POST', '/form', { fields: {} }],
      ['POST', '/transitions', { node: '受理', event: '转办' }],
      ['POST', '/assignment', { node: '受理', to: null }],
      ['POST', '/words', { to: 'staff', text: '看过了' }],
      ['POST', '/words/judgement', { text: '您好' }],
      ['POST', '/sends/none/again'],
    ]
    for (const [method, rest, body] of ways) {
      const foreign = await stranger(method, `/api/tickets/${ticket}${rest}`, body)
      const missing = await stranger(method, `/api/tickets/no-such-ticket${rest}`, body)
      expect([method, rest, foreign.status, foreign.body]).toEqual([
        method,
        rest,
        missing.status,
        missing.body,
      ])
      expect(foreign.status).toBe(404)
    }
    expect((await stranger('GET', '/api/tickets')).body).toEqual([])
    expect((await admin('GET', '/api/tickets')).body.length).toBeGreaterThan(0)
  })

  test('a ticket is found by its number or a part of the customer’s name, on its own desk alone', async () => {
    const found = async (api: Api, words: string) =>
      (await api('GET', `/api/tickets?search=${encodeURIComponent(words)}`)).body as QueueRowReply[]
    const named = { ...opening, customer: null, newCustomer: 'Müller 100%' }
    const { id } = (await apis.店长('POST', '/api/tickets', named)).body
    const { number } = (await admin('GET', `/api/tickets/${id}`)).body
    for (const words of [`${number}`, ` #${number} `, `＃${number}`, 'müll', '0%'])
      expect(
        (await found(apis.导购甲, words)).map(row => row.id),
        words,
      ).toEqual([id])
    for (const words of ['Müller_100', '999999999', '99999999999999', `#${number} x`])
      expect(await found(apis.导购甲, words), words).toEqual([])
    // What is found shows no more than the queue: the words of the form only to whoever may read them.
    expect((await found(apis.导购甲, `${number}`))[0]!.about).toBe('面包发霉了')
    expect((await found(admin, `${number}`))[0]!.about).toBeNull()
    for (const words of [`${number}`, 'Müller']) expect(await found(stranger, words)).toEqual([])
    expect((await found(admin, ' ')).length).toBe((await admin('GET', '/api/tickets')).body.length)
  })

  test('forged, stale, foreign and replayed callbacks are refused alike and leave nothing behind', async () => {
    const xml = `<xml><ToUserName>${CORP.corpId}</ToUserName><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>t</Token><OpenKfId>${ACCOUNT}</OpenKfId><CreateTime>1</CreateTime></xml>`
    const secrets = { ...CALLBACK, receiveId: CORP.corpId }
    const seal = (s = secrets, at = Date.now()) => sealCallback(xml, s, at, new Uint8Array(16).fill(7))
    const send = async ({ query, body }: ReturnType<typeof seal>) => {
      const search = new URLSearchParams(query as Record<string, string>)
      const response = await fetch(`${service.url}/channels/wecom/one/callback?${search}`, {
        method: 'POST',
        body,
      })
      return [response.status, await response.text()]
    }
    const good = seal()
    const refusals = [
      { ...good, query: { ...good.query, msg_signature: '0'.repeat(40) } },
      seal({ ...secrets, receiveId: 'ww-other' }),
      seal({ ...secrets, token: 'other' }),
      seal(secrets, Date.now() - 10 * 60_000),
      { ...good, body: good.body.slice(0, -30) },
      { ...good, body: '<!DOCTYPE x><xml/>' },
    ]
    const before = (await admin('GET', '/api/tickets')).body.length
    for (const refused of refusals) expect(await send(refused)).toEqual([403, ''])
    expect(await send(good)).toEqual([200, 'success'])
    expect(await send(good)).toEqual([403, ''])
    expect((await admin('GET', '/api/tickets')).body.length).toBe(before)
  })

  test('fifty requests with one idempotency key open one ticket and get one answer', async () => {
    const headers = { 'idempotency-key': 'k-1' }
    const before = (await admin('GET', '/api/tickets')).body.length
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => apis.导购甲('POST', '/api/tickets', opening, headers)),
    )
    expect(new Set(answers.map(answer => JSON.stringify([answer.status, answer.body]))).size).toBe(1)
    expect((await admin('GET', '/api/tickets')).body.length).toBe(before + 1)
    const one = await admin('GET', '/api/tickets?rows=1')
    expect([one.body.length, one.headers.get('x-total-count')]).toEqual([1, String(before + 1)])
    const other = { ...opening, fields: { 描述: '另一件事' } }
    const reused = await apis.导购甲('POST', '/api/tickets', other, headers)
    expect(reused).toMatchObject({ status: 409, body: { code: 'key-reused' } })
  })

  test('what changes is told live, by ids alone', async () => {
    const token = (await apiOf(service.url)('POST', '/api/session', login)).body.token as string
    const stop = new AbortController()
    const stream = await fetch(`${service.url}/api/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    })
    let seen = ''
    const reading = (async () => {
      for await (const chunk of stream.body!) seen += new TextDecoder().decode(chunk)
    })().catch(() => {})
    await until(async () => seen.includes('event: ready'), 'the stream')
    const { body } = await apis.导购甲('POST', '/api/tickets', opening)
    await until(async () => seen.includes(body.id), 'the change')
    expect(seen).toContain('"kind":"ticket"')
    expect(seen).not.toContain('面包')
    stop.abort()
    await reading
  })
  const login = { desk: 'one', name: 'admin', password: 'correct horse battery' }

  test('bad input gets an answer that says what is wrong', async () => {
    const post = (body: unknown) => apis.导购甲('POST', '/api/tickets', body)
    expect(await post({ ticket: '客诉' })).toMatchObject({ status: 422, body: { code: 'bad-request' } })
    expect(await post({ ...opening, extra: 1 })).toMatchObject({ status: 422, body: { code: 'bad-request' } })
    expect(await post({ ...opening, ticket: '没有' })).toMatchObject({
      status: 422,
      body: { code: 'unknown-ticket' },
    })
    const wrong = await post({ ...opening, fields: { 描述: 7, 满意度: 9 } })
    expect(wrong).toMatchObject({ status: 403, body: { code: 'field-forbidden' } })
    const typed = await post({ ...opening, fields: { 描述: 7 } })
    expect(typed.body.fields).toEqual([{ field: '描述', problem: 'type', detail: null }])
    for (const query of ['rows=many', 'status=lost', 'page=2', `search=${'长'.repeat(101)}`])
      expect(await apis.导购甲('GET', `/api/tickets?${query}`), query).toMatchObject({
        ...{ status: 422, body: { code: 'bad-request' } },
      })
    const broken = await fetch(`${service.url}/api/session`, { method: 'POST', body: '{' })
    expect(broken.status).toBe(400)
    expect(broken.headers.get('content-type')).toBe('application/problem+json')
    const wrongLogin = await apiOf(service.url)('POST', '/api/session', { ...login, password: 'wrong' })
    const noDesk = await apiOf(service.url)('POST', '/api/session', { ...login, desk: 'nowhere' })
    expect([wrongLogin.status, wrongLogin.body]).toEqual([noDesk.status, noDesk.body])
  })

  test('the API describes every route it has', async () => {
    const { body } = await apiOf(service.url)('GET', '/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    for (const { method, path } of routes)
      expect(Object.keys(body.paths[path.replace(/:(\w+)/g, '{$1}')]), path).toContain(method)
    const listing = body.paths['/api/tickets'].get.parameters as { name: string; in: string }[]
    expect(listing.filter(one => one.in === 'query').map(({ name }) => name)).toContain('search')
  })

  test('runs of actions are the desk’s own, and the counts at /metrics nobody’s in particular', async () => {
    for (const api of [admin, stranger]) {
      expect(await api('GET', '/api/actions/runs')).toMatchObject({ status: 200, body: [] })
      expect(await api('POST', '/api/actions/runs/none/again')).toMatchObject({ status: 404 })
    }
    const metrics = await fetch(`${service.url}/metrics`)
    expect(metrics.headers.get('content-type')).toContain('text/plain')
    expect(await metrics.text()).toContain('axle_action_runs_total 0')
  })

  test('a pack that was altered after it was signed is not taken in', async () => {
    const altered = Buffer.from(archive)
    const last = altered.lastIndexOf('.json')
    altered[last] = altered[last]! ^ 1
    const answer = await admin('POST', '/api/packs', new Uint8Array(altered))
    expect(answer).toMatchObject({ status: 422, body: { code: 'pack-unverified' } })
  })
})
