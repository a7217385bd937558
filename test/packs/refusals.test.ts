import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesOf, openArchive, packArchive, signArchive, SIGNATURE_FILE } from '../../runtime/packs/index.ts'
import { freshDataDir } from '../support/database.ts'
import { must } from '../support/cluster.ts'
import { enter } from '../support/retail-desk.ts'
import { startService, type Api, type Service } from '../support/service.ts'
import { shop } from '../support/shop-pack.ts'
import { blueprintOf, packMaker } from '../support/signed-pack.ts'

const maker = packMaker()
const good = maker.sign(shop(2))
const bytes = (text: string) => new TextEncoder().encode(text)

describe('an archive that is not what it should be', () => {
  const dataDir = freshDataDir()
  let service: Service
  let admin: Api

  beforeAll(async () => {
    const args = ['tenant', 'create', 'shop', '--name', '店', '--admin', 'boss', '--json']
    const { token } = JSON.parse(must({ dataDir }, ...args)) as { token: string }
    service = await startService({ dataDir })
    admin = await enter(service.url, token)
    const key = { pem: maker.publicKey, name: '店家' }
    expect((await admin('POST', '/api/keys', key)).status).toBe(201)
    expect((await admin('POST', '/api/packs', good)).status).toBe(201)
  }, 60_000)
  afterAll(() => service?.stop())

  const altered = () => {
    const opened = openArchive(good)
    if (!opened.ok) throw new Error(opened.reason)
    return packArchive({ ...opened.files, 'shop.axle': bytes(shop(2)['shop.axle']!.replace('¥500', '¥400')) })
  }
  const flipped = () => {
    const copy = Uint8Array.from(good)
    copy[Math.floor(copy.length / 3)]! ^= 1
    return copy
  }
  const lying = () => {
    const files = filesOf(shop(3), blueprintOf(shop(3)))
    const manifest = bytes('{"name":"bank","label":"店","version":3,"formatVersion":1}')
    return signArchive(packArchive({ ...files, 'manifest.json': manifest }), maker.privateKey)!
  }
  const unsigned = () => packArchive(filesOf(shop(3), blueprintOf(shop(3))))
  const forged = () =>
    packArchive({ ...filesOf(shop(3), blueprintOf(shop(3))), [SIGNATURE_FILE]: bytes('{}') })

  test.each([
    ['unsigned', unsigned, 422, 'pack-unverified', '没有签名'],
    ['signed by a stranger', () => packMaker().sign(shop(3)), 422, 'pack-unverified', '不在受信任的名单里'],
    ['with a forged signature', forged, 422, 'pack-unverified', '在签名之后被改动过'],
    ['altered', altered, 422, 'pack-unverified', '在签名之后被改动过'],
    ['with a bit flipped', flipped, 422, 'pack-unverified', '没有收下'],
    ['truncated', () => good.slice(0, good.length - 100), 422, 'pack-unverified', '没有下载完整'],
    ['no archive', () => bytes('hello'), 422, 'pack-unverified', '没有下载完整'],
    ['oversized', () => new Uint8Array(26 * 1024 * 1024), 413, 'too-large', '内容太大'],
    ['with a lying manifest', lying, 422, 'manifest-differs', 'manifest.json 与正文不一致'],
    ['an older version', () => maker.sign(shop(1)), 409, 'release-older', '不能收下更旧的版本 1'],
    [
      'the same version with other content',
      () => maker.sign({ 'shop.axle': shop(2)['shop.axle']!.replace('¥500', '¥400') }),
      ...[409, 'release-taken', '已经收下过，内容不同'],
    ],
    [
      'with errors',
      () => maker.sign({ 'shop.axle': 'pack shop "店" version 3\nform 单 { x: nothing }\n' }),
      422,
      'pack-unsound',
      '有错误',
    ],
  ] as [string, () => Uint8Array, number, string, string][])(
    '%s is refused in words, changes nothing, and leaves one row',
    async (_, make, status, code, words) => {
      const before = await state()
      const answer = await admin('POST', '/api/packs', make())
      expect(answer).toMatchObject({ status, body: { code } })
      expect(answer.body.title).toContain(words)
      const after = await state()
      expect(after.catalogue).toEqual(before.catalogue)
      expect(after.audit.length).toBe(before.audit.length + 1)
      expect(after.audit[0]).toMatchObject({
        ...{ actor: 'boss', action: 'post /api/packs', data: { outcome: 'refused', code } },
      })
    },
  )

  test('the same archive once more changes nothing', async () => {
    const before = await state()
    expect((await admin('POST', '/api/packs', good)).status).toBe(201)
    expect((await state()).catalogue).toEqual(before.catalogue)
  })

  const state = async () => {
    const { body } = await admin('GET', '/api/audit')
    expect(body.brokenAt).toBeNull()
    return { catalogue: (await admin('GET', '/api/packs')).body, audit: body.rows }
  }
})
