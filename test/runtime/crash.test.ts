import { afterAll, describe, expect, test } from 'vitest'
import { bothDatabases } from '../support/database.ts'
import {
  ACCOUNT,
  createRetailDesk,
  enter,
  installRetail,
  moveCallbacks,
  startWecom,
  type PersonName,
} from '../support/retail-desk.ts'
import { apiOf, startService, until, type Api } from '../support/service.ts'

const KILLS = process.env.CI ? 5 : 3
const desk = 'crash'
const [pglite] = bothDatabases()

describe('a service that loses power under load', () => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test(`loses no acknowledged ticket in ${KILLS} kills, tells nobody twice, and replays to what it stored`, async () => {
    const options = await pglite!.fresh()
    const wecom = await startWecom()
    ends.push(wecom.close)
    const { invite, archive } = createRetailDesk(options, desk)
    let service = await startService(options)
    ends.push(() => service.stop())
    const first = await enter(service.url, invite)
    await installRetail(first, { url: service.url, desk, archive, wecom })

    const acknowledged = new Set<string>()
    let customers = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const { url } = service
      const [clerk, manager] = [await logIn(url, '导购甲'), await logIn(url, '店长')]
      const stop = { now: false }
      const workers = [work(clerk, manager, acknowledged, stop), work(clerk, manager, acknowledged, stop)]
      const writing = (async () => {
        for (; !stop.now; await pause(40))
          wecom.fake.customerWrites({ externalUserId: `wm-${customers++}`, openKfId: ACCOUNT, text: '坏了' })
      })()
      await pause(1_200 + 300 * kill)
      await service.kill()
      stop.now = true
      await Promise.all([...workers, writing])
      service = await startService(options)
      moveCallbacks(wecom.fake, { url: service.url, desk })
    }

    const admin = await logIn(service.url, 'admin' as PersonName)
    // One more word, so that whatever a kill swallowed on the way is pulled now.
    wecom.fake.customerWrites({ externalUserId: 'wm-last', openKfId: ACCOUNT, text: '还在吗' })
    const tickets = await until(async () => {
      const rows = (await admin('GET', '/api/tickets?rows=2000')).body as { id: string; customer: string }[]
      return rows.some(row => row.customer === 'wm-last') && rows
    }, 'the last message')
    expect(acknowledged.size).toBeGreaterThan(KILLS)
    for (const id of acknowledged) {
      const replay = (await admin('GET', `/api/tickets/${id}/replay`)).body
      expect(replay.equal, id).toBe(true)
      expect(replay.events.map((event: { seq: number }) => event.seq)).toEqual(
        replay.events.map((_: unknown, index: number) => index + 1),
      )
    }
    const names = tickets.map(ticket => ticket.customer).filter(name => name !== null)
    expect(new Set(names).size).toBe(names.length)
    const told = wecom.fake.sentToCustomers.map(sent => `${sent.externalUserId} ${sent.text}`)
    expect(new Set(told).size).toBe(told.length)
  }, 180_000)
})

/** Opens and works tickets until told to stop; what the service acknowledged is kept, what it refused or lost is not. */
async function work(
  clerk: Api,
  manager: Api,
  acknowledged: Set<string>,
  stop: { now: boolean },
): Promise<void> {
  while (!stop.now) {
    try {
      const opening = { ticket: '客诉', entry: 'workbench', customer: null, fields: { 描述: '负载' } }
      const { status, body } = await clerk('POST', '/api/tickets', opening)
      if (status !== 201) continue
      acknowledged.add(body.id)
      const take = (api: Api, node: string, event: string, fields: object) =>
        api('POST', `/api/tickets/${body.id}/transitions`, { node, event, fields })
      await take(clerk, '受理', '转办', { 投诉类型: '其他', 紧急程度: '绿', 门店: 'S1' })
      await take(manager, '店长处理', '提交', { 方案: '道歉' })
    } catch {
      // Why: the connection went down with the process; only what was acknowledged counts.
      await pause(20)
    }
  }
}

async function logIn(url: string, name: PersonName): Promise<Api> {
  const login = { desk, name, password: 'correct horse battery' }
  const { body } = await apiOf(url)('POST', '/api/session', login)
  return apiOf(url, body.token as string)
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
