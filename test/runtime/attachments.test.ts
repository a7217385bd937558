import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerTicketReply } from '#core/wire'
import { databases } from '../support/database.ts'
import { photo } from '../support/photo.ts'
import { createRetailDesk, enter, installRetail, type PersonName } from '../support/retail-desk.ts'
import { apiOf, startService, type Api, type Service } from '../support/service.ts'

describe.each(databases())('pictures of tickets on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  const picture = new Uint8Array(photo('').buffer)
  let service: Service
  let admin: Api
  let stranger: Api
  let apis: Record<PersonName, Api>

  beforeAll(async () => {
    if (reason) return
    const options = await fresh()
    const one = createRetailDesk(options, 'one')
    const two = createRetailDesk(options, 'two')
    service = await startService(options, { AXLE_MASTER_KEY: 'a key of this test' })
    ends.push(() => service.stop())
    admin = await enter(service.url, one.invite)
    stranger = await enter(service.url, two.invite)
    ;({ apis } = await installRetail(admin, { url: service.url, desk: 'one', archive: one.archive }))
    await installRetail(stranger, { url: service.url, desk: 'two', archive: two.archive })
    await admin('PUT', '/api/records/customer/C1', { data: { name: '王芳' } })
  }, 120_000)

  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const open = async (photos: readonly string[]) => {
    const { body } = await apis.导购甲('POST', '/api/tickets', {
      ...{ ticket: '客诉', entry: 'workbench', customer: 'C1' },
      fields: { 描述: '面包发霉了', 照片: photos },
    })
    return body.id as string
  }
  const put = async (by: Api, bytes = picture, path = '/api/attachments') => by('POST', path, bytes)

  test.skipIf(reason)(
    'are shown to whoever may read the field that names them, and to nobody else',
    async () => {
      const { status, body } = await put(apis.导购甲)
      expect([status, body.id]).toEqual([201, expect.stringMatching(/^[0-9a-f-]{36}\.jpg$/)])
      const at = `/api/attachments/${body.id}`
      const own = await fetch(service.url + at, { headers: { authorization: `Bearer ${apis.导购甲.token}` } })
      expect([own.status, new Uint8Array(await own.arrayBuffer())]).toEqual([200, picture])
      expect(Object.fromEntries(own.headers)).toMatchObject({
        ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' },
        'content-disposition': `attachment; filename="${body.id}"`,
        'content-security-policy': "default-src 'none'; sandbox",
      })
      // A ticket that names it opens it to those who may read the field; an administrator without a role may not.
      expect((await apis.店长('GET', at)).status).toBe(404)
      const ticket = await open([body.id])
      expect((await apis.店长('GET', `${at}?ticket=${ticket}`)).status).toBe(200)
      expect((await apis.店长('GET', `${at}?ticket=${await open(['别的.jpg'])}`)).status).toBe(404)
      expect((await admin('GET', `${at}?ticket=${ticket}`)).status).toBe(404)
      for (const query of ['', `?ticket=${ticket}`])
        expect((await stranger('GET', at + query)).status, query).toBe(404)
    },
  )

  test.skipIf(reason)('of customers go by the link of their ticket', async () => {
    const anybody = apiOf(service.url)
    const mine = await put(apis.导购甲)
    const ticket = await open([mine.body.id])
    const other = await put(apis.导购甲)
    const { path } = (await admin('GET', `/api/tickets/${ticket}/link`)).body as { path: string }
    const shelf = `${path.replace('/c/', '/api/customer/')}/attachments`
    expect((await anybody('GET', `${shelf}/${mine.body.id}`)).status).toBe(200)
    expect((await anybody('GET', `${shelf}/${other.body.id}`)).status).toBe(404)
    const sent = await put(anybody, picture, shelf)
    expect(sent.status).toBe(201)
    expect((await anybody('GET', `${shelf}/${sent.body.id}`)).status).toBe(200)
    const forged = shelf.replace('/attachments', 'x/attachments')
    expect((await put(anybody, picture, forged)).body.code).toBe('link-over')
    for (let n = 1; n < 30; n++) expect((await put(anybody, picture, shelf)).status).toBe(201)
    expect(await put(anybody, picture, shelf)).toMatchObject({
      status: 409,
      body: { code: 'attachments-full' },
    })
    const seen = (await anybody('GET', shelf.replace('/attachments', ''))).body as CustomerTicketReply
    expect(seen.fields.find(({ name }) => name === '照片')?.value).toEqual([mine.body.id])
  })

  test.skipIf(reason)('are what their bytes say, and no larger than 5 MB', async () => {
    const html = new TextEncoder().encode('<script>alert(1)</script>')
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
    for (const bytes of [html, svg, new Uint8Array()])
      expect(await put(apis.导购甲, bytes)).toMatchObject({ status: 422, body: { code: 'attachment-kind' } })
    const large = new Uint8Array(5 * 1024 * 1024 + 1)
    large.set(picture)
    expect(await put(apis.导购甲, large)).toMatchObject({
      ...{ status: 413, body: { code: 'too-large', title: '内容太大，最多 5 MB。' } },
    })
    expect((await put(apis.导购甲, large.subarray(1))).status).toBe(422)
    expect((await put(apis.导购甲, large.subarray(0, -1))).status).toBe(201)
    expect((await put(apis.导购甲, picture, '/api/attachments?ticket=none')).status).toBe(404)
  })
})
