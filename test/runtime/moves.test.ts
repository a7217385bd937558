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
import { apiOf, startService, until, type Api, type Service } from '../support/service.ts'

const CROWD = process.env.CI ? 200 : 60
const withLinks = { AXLE_MASTER_KEY: 'a key of thirty-two characters..' }
type Texts = Record<string, string>

/** The pack's next version: its first node is called otherwise, and it says where tickets go. */
const next = (files: Texts, { version, says }: { version: number; says: string }): Texts => ({
  ...files,
  'retail.axle': files['retail.axle']!.replace(/version \d+ \{/, `version ${version} {`),
  'moves.axle': says,
})
const renamed = (files: Texts, from: string, to: string): Texts =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [file, text.replaceAll(from, to)]))

describe.each(databases())('tickets in flight when a version is published on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let admin: Api
  let apis: Record<PersonName, Api>
  let service: Service
  let wecom: Awaited<ReturnType<typeof startWecom>>
  const options = reason ? undefined : fresh()

  beforeAll(async () => {
    if (!options) return
    const { invite, archive } = createRetailDesk(await options, 'one')
    service = await startService(await options, withLinks)
    ends.push(() => service.stop())
    wecom = await startWecom()
    ends.push(wecom.close)
    admin = await enter(service.url, invite)
    apis = (await installRetail(admin, { url: service.url, desk: 'one', archive, wecom })).apis
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const source = async () => (await admin('GET', '/api/source')).body as { files: Texts; revision: number }
  const save = async (files: Texts) => {
    const { revision } = await source()
    const saved = await admin('PUT', '/api/source', { files }, { 'if-match': `"${revision}"` })
    expect(saved.status).toBe(200)
    return revision + 1
  }
  const publish = async (revision: number) => {
    const answer = await admin('POST', '/api/source/publish', undefined, { 'if-match': `"${revision}"` })
    expect(answer).toMatchObject({ status: 200, body: { isNew: true } })
    return answer.body.version as number
  }
  const settled = (seq: number, count: number) =>
    until(async () => {
      const { body } = await admin('GET', `/api/versions/${seq}/moves`)
      return body.pending === 0 && body.moved + body.stays + body.needsMapping + body.waiting >= count && body
    }, `moves to version ${seq}`)
  const open = async () => {
    const opening = { ticket: '客诉', entry: 'workbench', customer: null, fields: { 描述: '面包发霉了' } }
    return (await apis.导购甲('POST', '/api/tickets', opening)).body.id as string
  }
  const ticket = async (id: string) => (await admin('GET', `/api/tickets/${id}`)).body
  const take = async (api: Api, id: string, [node, event, fields]: readonly [string, string, object]) => {
    const answer = await api('POST', `/api/tickets/${id}/transitions`, { node, event, fields })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  }
  const accepted = ['受理', '转办', { 投诉类型: '其他', 紧急程度: '绿', 门店: 'S1' }] as const
  const replays = async (id: string) => {
    const { equal, events } = (await admin('GET', `/api/tickets/${id}/replay`)).body
    expect(equal).toBe(true)
    return events.filter((event: any) => event.happened.kind === 'migrated').length as number
  }

  test.skipIf(reason)(
    'are shown beforehand, go where it says, stay where it says so, and are looked at again once an action answers',
    async () => {
      const [plain, asked, running, drained] = [await open(), await open(), await open(), await open()]
      for (const id of [asked, running, drained]) await take(apis.导购甲, id, accepted)
      await take(apis.店长, running, ['店长处理', '发券', { 方案: '券' }])
      await take(apis.店长, asked, ['店长处理', '提交', { 方案: '道歉' }])
      const before = await ticket(plain)
      const { files } = await source()
      await save(next(files, { version: 2, says: '' }))
      const silent = (await admin('GET', '/api/source/publish')).body.moves
      expect(silent).toMatchObject({ auto: 0, stays: 0, unsaid: 4 })
      expect(silent.groups.every(({ fits }: { fits: boolean }) => fits)).toBe(true)
      const says = 'migrate from 1 {\n  node 客诉.受理 -> 客诉.接待\n  drain 客诉.店长处理\n}\n'
      const revision = await save(next(renamed(files, '受理', '接待'), { version: 2, says }))

      const plan = (await admin('GET', '/api/source/publish')).body
      expect(plan).toMatchObject({ isNew: true, moves: { auto: 2, stays: 2, needsMapping: 0, unsaid: 0 } })
      expect(plan.moves.groups).toContainEqual(
        expect.objectContaining({ move: 'auto', places: ['受理'], to: ['接待'], count: 1, from: 1 }),
      )
      expect(plan.changes).toContainEqual({
        class: 'auto',
        message: '「客诉.受理」改为「客诉.接待」，在途的随之过去',
      })
      expect((await ticket(plain)).places[0].node).toBe('受理')

      const seq = await publish(revision)
      expect(await settled(seq, 4)).toMatchObject({ moved: 2, stays: 1, waiting: 1, needsMapping: 0 })
      const after = await ticket(plain)
      expect(after.places[0]).toMatchObject({ node: '接待', assignee: before.places[0].assignee })
      expect(after.places[0].clocks).toEqual(before.places[0].clocks)
      expect(after.events.at(-1).happened).toMatchObject({
        ...{ kind: 'migrated', from: 1, to: 2, places: { 受理: '接待' } },
      })
      expect([await replays(plain), await replays(asked), await replays(drained)]).toEqual([1, 1, 0])
      expect((await ticket(drained)).places[0].node).toBe('店长处理')
      expect((await ticket(asked)).places[0].node).toBe('客户确认')
      // Where it came by before is known by its new name, so that its customer still reads of it.
      expect((await ticket(asked)).events.at(-1).happened.places).toEqual({ 受理: '接待' })
      await take(apis.导购甲, plain, ['接待', '转办', accepted[2]])

      expect(await replays(running)).toBe(0)
      await take(admin, running, ['发券', '成功', {}])
      expect(await until(async () => (await replays(running)) === 1, 'the ticket with the run')).toBe(true)
      expect((await ticket(running)).places[0].node).toBe('客户确认')

      // What drained ends as it began, wherever it stands when the text is published again.
      await take(apis.店长, drained, ['店长处理', '提交', { 方案: '道歉' }])
      const again = await source()
      const reworded = await save(renamed(again.files, '已接待', '有人接待'))
      expect((await admin('GET', '/api/source/publish')).body.moves).toMatchObject({ auto: 0, stays: 1 })
      await settled(await publish(reworded), 0)
      expect(await replays(drained)).toBe(0)
    },
    60_000,
  )

  test.skipIf(reason)(
    'that have no place stay where they are and are listed with what is missing',
    async () => {
      const id = await open()
      const { files } = await source()
      const says = 'migrate from 2 {}\n'
      const revision = await save(next(renamed(files, '接待', '登记'), { version: 3, says }))
      const plan = (await admin('GET', '/api/source/publish')).body
      const missing = [{ what: 'node', name: '接待' }]
      expect(plan.moves.groups[0]).toMatchObject({ move: 'needs-mapping', missing, count: 1 })
      expect(plan.moves).toMatchObject({ needsMapping: 1, stays: 1, unsaid: 0 })
      const seq = await publish(revision)
      const { number } = await ticket(id)
      const moved = await settled(seq, 4)
      expect(moved.unmapped).toEqual([{ number, missing }])
      expect((await ticket(id)).places[0].node).toBe('接待')
      expect(await replays(id)).toBe(0)
    },
    60_000,
  )

  test.skipIf(reason)(
    'are moved once each though the service is killed in the middle',
    async () => {
      const crowd: string[] = []
      while (crowd.length < CROWD)
        crowd.push(...(await Promise.all(Array.from({ length: 10 }, () => open()))))
      wecom.fake.customerWrites({ externalUserId: 'wm-1', openKfId: ACCOUNT, text: '面包坏了' })
      const theirs = await until(async () => {
        const { body } = await admin('GET', '/api/tickets?rows=500')
        return body.find((row: any) => row.customer === 'wm-1')?.id as string | undefined
      }, 'the customer’s ticket')
      crowd.push(theirs)
      const { files } = await source()
      const says = 'migrate from 3 { node 客诉.登记 -> 客诉.受理 }\n'
      const revision = await save(next(renamed(files, '登记', '受理'), { version: 4, says }))
      // Of version 2, of which version 4 says nothing, there is the one that had no place.
      const { moves } = (await admin('GET', '/api/source/publish')).body
      expect(moves).toMatchObject({ unsaid: 1 })
      expect(moves.groups.find(({ move }: { move: string }) => move === 'unsaid')).toMatchObject({
        ...{ from: 2, fits: false },
      })
      const seq = await publish(revision)
      await until(
        async () => ((await admin('GET', `/api/versions/${seq}/moves`)).body.moved as number) > 10,
        'some moved',
      )
      await service.kill()
      service = await startService(await options!, withLinks)
      const { token } = admin
      admin = apiOf(service.url, token)
      const done = await settled(seq, crowd.length)
      expect(done).toMatchObject({ needsMapping: 0, waiting: 0, superseded: 0 })
      for (const id of crowd) {
        expect(await replays(id)).toBe(1)
        expect((await ticket(id)).places[0].node).toBe('受理')
      }
      const { path } = (await admin('GET', `/api/tickets/${theirs}/link`)).body
      const page = await apiOf(service.url)('GET', path.replace('/c/', '/api/customer/'))
      expect(page.body.progress.map(({ text }: { text: string }) => text)).toEqual(['有人受理'])
    },
    120_000,
  )

  test.skipIf(reason)('keep their version when an older one is made to serve again', async () => {
    const id = (await admin('GET', '/api/tickets')).body.find((row: any) => row.nodes.includes('受理')).id
    const { seq } = (await admin('GET', '/api/versions')).body[1]
    const back = await admin('POST', `/api/versions/${seq}/rollback`)
    expect(back.status).toBe(200)
    const moves = (await admin('GET', `/api/versions/${back.body.version}/moves`)).body
    expect(moves).toMatchObject({ pending: 0, moved: 0, needsMapping: 0 })
    expect((await ticket(id)).places[0].node).toBe('受理')
  })
})
