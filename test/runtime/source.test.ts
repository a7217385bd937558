import { readdirSync } from 'node:fs'
import { MAX_FILE_LENGTH } from '#core/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '../support/database.ts'
import {
  createRetailDesk,
  enter,
  installRetail,
  startWecom,
  type PersonName,
} from '../support/retail-desk.ts'
import { startService, type Api } from '../support/service.ts'

const FILE = 'complaint.axle'

describe.each(databases())('the desk’s text on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  let admin: Api
  let stranger: Api
  let apis: Record<PersonName, Api>

  beforeAll(async () => {
    if (reason) return
    const options = await fresh()
    const { invite, archive } = createRetailDesk(options, 'one')
    const other = createRetailDesk(options, 'two')
    const service = await startService(options)
    ends.push(() => service.stop())
    const wecom = await startWecom()
    ends.push(wecom.close)
    admin = await enter(service.url, invite)
    stranger = await enter(service.url, other.invite)
    apis = (await installRetail(admin, { url: service.url, desk: 'one', archive, wecom })).apis
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const source = async () => (await admin('GET', '/api/source')).body
  const versions = async () => (await admin('GET', '/api/versions')).body as { seq: number; hash: string }[]
  const publish = (revision: number, headers = {}) =>
    admin('POST', '/api/source/publish', undefined, { 'if-match': `"${revision}"`, ...headers })
  /** Saves the text with one replacement; yields the new revision. */
  const save = async (from: string, to: string) => {
    const { files, revision } = await source()
    expect(files[FILE]).toContain(from)
    const changed = { ...files, [FILE]: files[FILE].replace(from, to) }
    const answer = await admin('PUT', '/api/source', { files: changed }, { 'if-match': `"${revision}"` })
    expect(answer).toMatchObject({ status: 200, body: { revision: revision + 1 } })
    return answer.body.revision as number
  }
  const open = async () => {
    const made = await apis.导购甲('POST', '/api/tickets', {
      ...{ ticket: '客诉', entry: 'workbench', customer: null, fields: { 描述: '面包发霉了' } },
    })
    expect(made.status).toBe(201)
    const { body } = await admin('GET', `/api/tickets/${made.body.id}`)
    return body.places[0].label as string
  }

  test.skipIf(reason)(
    'comes with its revision; a save at an older one is refused and changes nothing',
    async () => {
      const answer = await admin('GET', '/api/source')
      const { revision, pack, files } = answer.body
      expect(answer.headers.get('etag')).toBe(`"${revision}"`)
      expect([pack, Object.keys(files).sort()]).toEqual([
        'retail',
        readdirSync('plugins/retail', { recursive: true, encoding: 'utf8' })
          .filter(name => name.endsWith('.axle'))
          .sort(),
      ])
      expect(await admin('PUT', '/api/source', { files })).toMatchObject({ status: 428 })
      const stale = await admin(
        'PUT',
        '/api/source',
        { files: { 'a.axle': '' } },
        { 'if-match': `"${revision - 1}"` },
      )
      expect(stale).toMatchObject({ status: 412, body: { code: 'source-moved' } })
      expect(await source()).toEqual(answer.body)
    },
  )

  test.skipIf(reason)('takes no path outside the pack and nothing too long', async () => {
    const { revision } = await source()
    for (const path of ['/etc/a.axle', '../a.axle', 'a.txt', 'a\\b.axle']) {
      const answer = await admin(
        'PUT',
        '/api/source',
        { files: { [path]: '' } },
        { 'if-match': `"${revision}"` },
      )
      expect([path, answer.status]).toEqual([path, 422])
    }
    const long = { files: { 'a.axle': 'x'.repeat(MAX_FILE_LENGTH + 1) } }
    expect((await admin('PUT', '/api/source', long, { 'if-match': `"${revision}"` })).status).toBe(422)
  })

  test.skipIf(reason)(
    'with errors is saved, but not published: the findings come back, the old version serves',
    async () => {
      const before = await versions()
      const revision = await save('node 归因 by 店长', 'node 归因 by 店常')
      const refused = await publish(revision)
      expect(refused).toMatchObject({
        status: 422,
        body: { code: 'source-unsound', params: { errors: '1' } },
      })
      expect(refused.body.findings).toMatchObject([{ code: 'AX2002', file: FILE, severity: 'error' }])
      expect(refused.body.findings[0].message).toContain('店常')
      const english = await publish(revision, { 'accept-language': 'en' })
      expect(english.body.title).toContain('nothing was published')
      expect(english.body.findings[0].message).toContain('there is no')
      expect(await versions()).toEqual(before)
      expect(await open()).toBe('受理')
      await save('node 归因 by 店常', 'node 归因 by 店长')
    },
  )

  test.skipIf(reason)('runs its tests, and says which failed, where, and what came', async () => {
    const { files } = await source()
    const run = await admin('POST', '/api/source/test', { files })
    expect(run.body.findings).toEqual([])
    expect(run.body.results.length).toBeGreaterThan(3)
    expect(run.body.results.filter((result: { passed: boolean }) => !result.passed)).toEqual([])
    const slower = { ...files, [FILE]: files[FILE].replace('after 72h -> 归因', 'after 96h -> 归因') }
    const failed = (await admin('POST', '/api/source/test', { files: slower })).body.results.filter(
      (result: { passed: boolean }) => !result.passed,
    )
    expect(failed.length).toBeGreaterThan(0)
    const [{ file, line, reason: why, standing }] = failed
    expect([file, why]).toEqual(['tests/complaint.axle', 'not-held'])
    expect(files[file].split('\n')[line - 1]).toContain('expect')
    expect(standing.join()).toContain('客户确认')
    const broken = { ...files, [FILE]: files[FILE].replace('by 导购', 'by') }
    const refused = (await admin('POST', '/api/source/test', { files: broken })).body
    expect(refused.results).toEqual([])
    expect(refused.findings.length).toBeGreaterThan(0)
  })

  test.skipIf(reason)(
    'published is the next version for new tickets; the same text again is none',
    async () => {
      const seq = (await versions())[0]!.seq
      const revision = await save('node 受理 by', 'node 受理 "门店受理" by')
      expect(await open()).toBe('受理')
      expect(await publish(revision - 1)).toMatchObject({ status: 412 })
      expect(await publish(revision)).toMatchObject({ status: 200, body: { version: seq + 1, isNew: true } })
      expect(await open()).toBe('门店受理')
      expect((await publish(revision)).body).toEqual({ version: seq + 1, isNew: false })
      expect(await versions()).toMatchObject([
        { seq: seq + 1, by: 'admin', current: true },
        { seq, current: false },
      ])
    },
  )

  test.skipIf(reason)(
    'rolled back appends a version of the older blueprint and leaves the text alone',
    async () => {
      const [newest, older] = await versions()
      const text = await source()
      const back = await admin('POST', `/api/versions/${older!.seq}/rollback`)
      expect(back).toMatchObject({ status: 200, body: { version: newest!.seq + 1 } })
      expect((await versions())[0]).toMatchObject({ seq: newest!.seq + 1, hash: older!.hash })
      expect(await open()).toBe('受理')
      expect(await source()).toEqual(text)
      const again = await admin('POST', `/api/versions/${older!.seq}/rollback`)
      expect(again).toMatchObject({ status: 409, body: { code: 'version-serves' } })
      expect((await admin('POST', '/api/versions/99/rollback')).status).toBe(404)
      expect((await admin('POST', '/api/versions/x/rollback')).status).toBe(404)
    },
  )

  test.skipIf(reason)('cannot widen what an action may reach, and keeps the code it came with', async () => {
    const { files } = await source()
    const [file, text] = Object.entries<string>(files).find(([, content]) => /needs +net "/.test(content))!
    const [needs] = /net "[^"]+"/.exec(text)!
    const wider = { ...files, [file]: text.replace(needs, `${needs}, net "elsewhere.example.com"`) }
    const { revision } = await source()
    await admin('PUT', '/api/source', { files: wider }, { 'if-match': `"${revision}"` })
    expect(await publish(revision + 1)).toMatchObject({
      status: 409,
      body: { code: 'beyond-consent', params: { beyond: expect.stringContaining('elsewhere.example.com') } },
    })
    await admin('PUT', '/api/source', { files }, { 'if-match': `"${revision + 1}"` })
    expect(await publish(revision + 2)).toMatchObject({ status: 200 })
    const smuggled = { ...files, 'actions/coupon.发放.ts': 'export default 1' }
    const refused = await admin(
      'PUT',
      '/api/source',
      { files: smuggled },
      { 'if-match': `"${revision + 2}"` },
    )
    expect(refused.status).toBe(422)
  })

  test.skipIf(reason)('belongs to the desk’s administrators alone', async () => {
    expect((await apis.店长('GET', '/api/source')).status).toBe(403)
    expect(await stranger('GET', '/api/source')).toMatchObject({ status: 404 })
    expect((await stranger('GET', '/api/versions')).body).toEqual([])
    expect((await stranger('POST', '/api/versions/1/rollback')).status).toBe(404)
  })
})
