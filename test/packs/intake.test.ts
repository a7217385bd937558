import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKey, packArchive, signArchive } from '../../runtime/packs/index.ts'
import { problemWords } from '../../runtime/http/problem-words.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore, type Store } from '../../runtime/store/index.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { trustPublicKey } from '../../runtime/usecases/trust-key.ts'
import { databases, freshDataDir } from '../support/database.ts'
import { axle } from '../support/service.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const { privateKey, publicKey } = createKey()
const manifest = { name: 'shop', label: '店', version: 1, formatVersion: 1 }

/** A signed archive of a small pack whose manifest says what is given. */
function archive(said: unknown, text = 'pack shop "店" version 1\nenum 等级 { 普通 }\n'): Uint8Array {
  const written = typeof said === 'string' ? said : JSON.stringify(said)
  const files = { 'shop.axle': bytes(text), 'manifest.json': bytes(written) }
  return signArchive(packArchive(files), privateKey)!
}

describe.each(databases())('the catalogue on $name', ({ reason, fresh }) => {
  let store: Store
  const take = (bytes: Uint8Array) => takeArchive(createDeps(store), 'shop', bytes)

  beforeAll(async () => {
    if (reason) return
    store = await openStore(await fresh())
    await trustPublicKey({ store }, { pem: publicKey, name: 'shop' })
  })
  afterAll(() => store?.close())

  test.skipIf(reason).each([
    ['name', { ...manifest, name: 'bank' }],
    ['label', { ...manifest, label: '银行' }],
    ['version', { ...manifest, version: 2 }],
    ['formatVersion', { ...manifest, formatVersion: 9 }],
    ['label', { name: 'shop', version: 1 }],
  ])('refuses an archive whose manifest says another %s than its texts', async (field, said) => {
    await expect(take(archive(said))).rejects.toMatchObject({
      ...{ code: 'manifest-differs', status: 422, params: { name: 'shop', field } },
    })
  })

  test.skipIf(reason)(
    'takes a release, the same once more, and nothing else by its name and version',
    async () => {
      const first = await take(archive(manifest))
      expect(await take(archive(manifest))).toEqual(first)
      const other = archive(manifest, 'pack shop "店" version 1\nenum 等级 { 普通, 金卡 }\n')
      await expect(take(other)).rejects.toMatchObject({
        ...{ code: 'release-taken', status: 409, params: { name: 'shop', version: '1' } },
      })
      const next = archive(
        { ...manifest, version: 2 },
        'pack shop "店" version 2\nenum 等级 { 普通, 金卡 }\n',
      )
      expect(await take(next)).toMatchObject({ name: 'shop', version: 2 })
    },
  )
})

test.each(['manifest-differs', 'release-taken'])('%s is said in both languages', code => {
  expect(Object.values(problemWords[code]!).every(words => words.length > 10)).toBe(true)
})

test('axle trust says in one line which file is no public key', () => {
  const dataDir = freshDataDir()
  const junk = join(dataDir, 'junk.pem')
  const broken = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'
  for (const text of ['junk', broken, privateKey]) {
    writeFileSync(junk, text)
    const { status, stderr, stdout } = axle({ dataDir }, 'trust', junk, '--name', 'x')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(`${junk} is not an Ed25519 public key (PEM).\n`)
  }
})
