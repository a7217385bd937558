import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import {
  createKey,
  keyId,
  openArchive,
  packArchive,
  signArchive,
  SIGNATURE_FILE,
  verifyArchive,
} from '../../runtime/packs/index.ts'

const text = (value: string) => new TextEncoder().encode(value)
const files = { 'b.axle': text('b'), 'a.axle': text('甲'), 'manifest.json': text('{}') }

describe('a pack archive', () => {
  test('has the same bytes for the same files in any order', () => {
    const reversed = Object.fromEntries(Object.entries(files).reverse())
    expect(Buffer.from(packArchive(files)).equals(packArchive(reversed))).toBe(true)
  })

  test('gives back what was packed', () => {
    const opened = openArchive(packArchive(files))
    expect(opened).toMatchObject({ ok: true })
    if (opened.ok) expect(Buffer.from(opened.files['a.axle']!).toString()).toBe('甲')
  })

  const hostile: [string, Uint8Array, string][] = [
    ['climbs out of its folder', zipSync({ '../evil': text('x') }), 'path'],
    ['names an absolute path', zipSync({ '/etc/passwd': text('x') }), 'path'],
    ['uses backslashes', zipSync({ 'a\\b': text('x') }), 'path'],
    ['names a drive', zipSync({ 'c:x': text('x') }), 'path'],
    ['has names that differ only in case', zipSync({ 'a.axle': text('x'), 'A.axle': text('y') }), 'twin'],
    ['has a name that is not in NFC', zipSync({ 'e\u0301.axle': text('x') }), 'path'],
    [
      'has too many entries',
      zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`f${i}`, text('')]))),
      'too-many',
    ],
    ['is a bomb', zipSync({ a: new Uint8Array(5_000_000) }), 'ratio'],
    ['is larger than allowed', zipSync({ a: [new Uint8Array(21_000_000), { level: 0 }] }), 'too-big'],
    ['holds a symbolic link', zipSync({ a: [text('/etc'), { os: 3, attrs: 0o120777 << 16 }] }), 'symlink'],
    ['is no archive', text('hello'), 'not-an-archive'],
    ['is cut off', packArchive(files).slice(0, 60), 'not-an-archive'],
  ]
  test.each(hostile)('that %s is refused', (_, bytes, reason) => {
    expect(openArchive(bytes)).toMatchObject({ ok: false, reason })
  })

  test('with the same entry twice is refused', () => {
    const bytes = Buffer.from(zipSync({ aa: text('x'), ab: text('y') }))
    for (let at = bytes.indexOf('ab'); at >= 0; at = bytes.indexOf('ab', at + 1)) bytes.write('aa', at)
    expect(openArchive(bytes)).toMatchObject({ ok: false, reason: 'duplicate' })
  })
})

describe('a signature', () => {
  const key = createKey()
  const trusted = { [keyId(key.publicKey)]: key.publicKey }
  const signed = signArchive(packArchive(files), key.privateKey)!

  test('holds for what was signed and for nothing else', () => {
    expect(verifyArchive(signed, trusted)).toMatchObject({ state: 'verified' })
    expect(verifyArchive(packArchive(files), trusted)).toMatchObject({ state: 'unsigned' })
    expect(verifyArchive(signed, {})).toMatchObject({ state: 'unknown-key' })
    const opened = openArchive(signed)
    const changed = opened.ok ? packArchive({ ...opened.files, 'a.axle': text('乙') }) : signed
    expect(verifyArchive(changed, trusted)).toMatchObject({ state: 'altered' })
  })

  test('of another key under a trusted id does not hold', () => {
    const other = createKey()
    const forged = signArchive(packArchive(files), other.privateKey)!
    expect(verifyArchive(forged, { [keyId(other.publicKey)]: key.publicKey })).toMatchObject({
      state: 'altered',
    })
    const opened = openArchive(signed)
    const broken = opened.ok ? packArchive({ ...opened.files, [SIGNATURE_FILE]: text('{') }) : signed
    expect(verifyArchive(broken, trusted)).toMatchObject({ state: 'altered' })
  })
})

describe('axle pack, sign and verify', () => {
  const axle = (...args: string[]) =>
    spawnSync(process.execPath, ['runtime/cli.ts', ...args], { encoding: 'utf8' })

  test('make an archive that verifies, with the same bytes each time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-pack-'))
    const [first, second, key] = ['one', 'two', 'key.pem'].map(name => join(folder, name)) as [
      string,
      string,
      string,
    ]
    expect(axle('pack', 'plugins/retail', '--out', first).status).toBe(0)
    expect(axle('pack', 'plugins/retail', '--out', second).status).toBe(0)
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true)
    expect(axle('verify', first, '--trust', join(folder, 'none')).status).toBe(2)
    expect(axle('sign', first, '--key', key, '--new-key').status).toBe(0)
    expect(axle('verify', first, '--trust', `${key}.pub`)).toMatchObject({ status: 0 })
    expect(axle('verify', second, '--trust', `${key}.pub`)).toMatchObject({ status: 1 })
  })

  test('refuse a pack with errors', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-pack-'))
    writeFileSync(join(folder, 'bad.axle'), 'pack t "t" version 1\nenum A { x y }\n')
    expect(axle('pack', folder, '--out', join(folder, 'out')).status).toBe(1)
  })
})
