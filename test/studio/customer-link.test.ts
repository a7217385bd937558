import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerTicketReply, DemoDesk, QueueRowReply } from '#core/wire'
import { apiOf, startService, type Api, type Service } from '../support/service.ts'

describe('a customer’s link, on the demo', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'axle-demo-'))
  let service: Service
  let anybody: Api
  let admin: Api
  let demo: DemoDesk

  const enter = async () => {
    anybody = apiOf(service.url)
    demo = (await anybody('GET', '/api/demo')).body.desks[0] as DemoDesk
    const login = { desk: demo.desk, name: 'admin', password: demo.password }
    admin = apiOf(service.url, (await anybody('POST', '/api/session', login)).body.token as string)
  }
  const tickets = async () => (await admin('GET', '/api/tickets')).body as QueueRowReply[]
  const linkOf = async (id: string) =>
    ((await admin('GET', `/api/tickets/${id}/link`)).body.path as string).replace('/c/', '/api/customer/')

  beforeAll(async () => {
    service = await startService({ dataDir }, { AXLE_DEMO: 'on' })
    await enter()
  }, 120_000)

  afterAll(async () => {
    await service?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('shows progress in public words and takes the customer’s rating, once', async () => {
    const waiting = (await tickets()).find(row => row.nodes.includes('客户确认'))!
    const link = await linkOf(waiting.id)
    const seen = (await anybody('GET', link)).body as CustomerTicketReply
    expect(seen.progress.map(({ text }) => text)).toEqual(['已受理', '处理中', '待您确认'])
    expect(seen.transitions.map(({ event }) => event)).toEqual(['评价'])

    const rate = (mark: number) =>
      anybody('POST', `${link}/transitions`, { node: '客户确认', event: '评价', fields: { 满意度: mark } })
    expect(await rate(9)).toMatchObject({ status: 422, body: { fields: [{ field: '满意度' }] } })
    expect(await rate(5)).toMatchObject({ status: 200, body: { nodes: ['归因'] } })
    expect((await rate(5)).status).toBe(409)
  })

  test('tells nothing that is not the customer’s: no inner fields, no others’ orders, no staff’s transitions', async () => {
    for (const { id } of await tickets()) {
      const seen = (await anybody('GET', await linkOf(id))).body as CustomerTicketReply
      const names = seen.fields.map(({ name }) => name)
      expect(names).not.toContain('根因')
      expect(names).not.toContain('核查结论')
      expect(seen.fields.find(({ name }) => name === '订单号')!.choices).toEqual([])
      expect(seen.transitions.every(({ node }) => node === '客户确认')).toBe(true)
    }
  })

  test('is refused when anything in it was changed', async () => {
    const [first, second] = await tickets()
    const [path, seal] = (await linkOf(first!.id)).split('.') as [string, string]
    const foreign = Buffer.from(JSON.stringify(['retail', second!.id, Date.now() + 1e9])).toString(
      'base64url',
    )
    const forged = [`/api/customer/${foreign}.${seal}`, `${path}.${seal.slice(0, -2)}AA`, path, `${path}.`]
    for (const one of forged) expect((await anybody('GET', one)).status, one).toBe(404)
  })

  test('the demo has thirty tickets of three days, each folding to its stored state, and starts again within five seconds', async () => {
    const before = await tickets()
    expect(before).toHaveLength(30)
    expect(new Set(before.map(row => row.status))).toEqual(new Set(['open', 'closed']))
    for (const { id } of before)
      expect((await admin('GET', `/api/tickets/${id}/replay`)).body).toMatchObject({ equal: true })
    await service.stop()
    const begun = performance.now()
    service = await startService({ dataDir }, { AXLE_DEMO: 'on' })
    const tookMs = performance.now() - begun
    await enter()
    expect((await tickets()).map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
    expect(tookMs).toBeLessThan(5_000)
  }, 60_000)

  test('outside demo mode the same data tells no logins and signs no links', async () => {
    await service.stop()
    service = await startService({ dataDir })
    anybody = apiOf(service.url)
    expect((await anybody('GET', '/api/demo')).status).toBe(404)
    expect((await anybody('GET', demo.customerPage!.replace('/c/', '/api/customer/'))).status).toBe(404)
  }, 60_000)
})
