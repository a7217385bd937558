import { generateKeyPairSync } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import {
  contentHash,
  createKey,
  keyId,
  openArchive,
  packArchive,
  signArchive,
  SIGNATURE_FILE,
  verifyArchive,
} from '../../runtime/packs/index.ts'

const text = (value: string) => new TextEncoder().encode(value)
const files = { 'b.axle': text('b'), 'a.axle': text('甲'), 'manifest.json': text('{"name":"t","version":1}') }

/** An archive whose directory, and not its local headers, says something else at `offset` of its first entry. */
function withDirectory(bytes: Uint8Array, offset: number, value: number | string): Uint8Array {
  const changed = Buffer.from(bytes)
  const at = changed.indexOf('PK\u0001\u0002') + offset
  if (typeof value === 'string') changed.write(value, at)
  else changed.writeUInt32LE(value, at)
  return changed
}

/** An archive with a name of the same length put in place of another, everywhere. */
function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const changed = Buffer.from(bytes)
  for (let at = changed.indexOf(from); at >= 0; at = changed.indexOf(from, at + 1)) changed.write(to, at)
  return changed
}

/** Two local entries, of which the directory lists the first. */
function hidingOne(): Uint8Array {
  const [shown, both] = [Buffer.from(zipSync({ a: text('x') })), Buffer.from(zipSync({ b: text('y') }))]
  const hidden = both.subarray(0, both.indexOf('PK\u0001\u0002'))
  const at = shown.indexOf('PK\u0001\u0002')
  const whole = Buffer.concat([shown.subarray(0, at), hidden, shown.subarray(at)])
  whole.writeUInt32LE(at + hidden.length, whole.length - 6)
  return whole
}

const halves = (size: number) =>
  Object.fromEntries(['a', 'b'].map(name => [name, [new Uint8Array(size), { level: 0 }]])) as Zippable

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

  test('gives back each kind of content: empty, incompressible, and names of any script', () => {
    const noise = Uint8Array.from({ length: 5_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255)
    const odd = { 'actions/退款.ts': noise, '𠮷.axle': text('x'), '～.axle': text('y'), empty: text('') }
    const opened = openArchive(packArchive(odd))
    expect(opened).toMatchObject({ ok: true, hash: contentHash(odd) })
    if (opened.ok) expect(opened.files).toEqual(odd)
    expect(opened.ok && Object.keys(opened.files)).toEqual(['actions/退款.ts', 'empty', '～.axle', '𠮷.axle'])
  })

  test('has names in NFC, whatever the file system gave', () => {
    const opened = openArchive(packArchive({ 'e\u0301.axle': text('x') }))
    expect(opened.ok && Object.keys(opened.files)).toEqual(['\u00e9.axle'])
  })

  test('is not made with names that would not be opened', () => {
    expect(() => packArchive({ '../a': text('x') })).toThrow('not a plain path')
    expect(() => packArchive({ 'e\u0301': text('x'), '\u00e9': text('y') })).toThrow('the same in NFC')
  })

  test('has a hash that tells names from contents and leaves the signature out', () => {
    expect(contentHash({ a: text('bc') })).not.toBe(contentHash({ ab: text('c') }))
    expect(contentHash({ ...files, [SIGNATURE_FILE]: text('x') })).toBe(contentHash(files))
  })

  const lies = zipSync({ a: text('shown' + 'hidden'.repeat(30)) })
  const hostile: [string, Uint8Array, string][] = [
    ['climbs out of its folder', zipSync({ '../evil': text('x') }), 'path'],
    ['names an absolute path', zipSync({ '/etc/passwd': text('x') }), 'path'],
    ['uses backslashes', zipSync({ 'a\\b': text('x') }), 'path'],
    ['names a drive', zipSync({ 'c:x': text('x') }), 'path'],
    ['has names that differ only in case', zipSync({ 'a.axle': text('x'), 'A.axle': text('y') }), 'twin'],
    ['has names that differ only in NFC', zipSync({ '\u00e9': text('x'), 'e\u0301': text('y') }), 'twin'],
    ['climbs in the middle of a path', zipSync({ 'a/../../evil': text('x') }), 'path'],
    ['has a NUL in a name', zipSync({ 'a\0.axle': text('x') }), 'path'],
    ['turns the direction of a name around', zipSync({ 'a\u202eelxa.ts': text('x') }), 'path'],
    [
      'hides a file as a prototype',
      renamed(zipSync({ '--proto--': text('x') }), '--proto--', '__proto__'),
      'path',
    ],
    ['has a name that is not in NFC', zipSync({ 'e\u0301.axle': text('x') }), 'path'],
    [
      'has too many entries',
      zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`f${i}`, text('')]))),
      'too-many',
    ],
    ['is a bomb', zipSync({ a: new Uint8Array(5_000_000) }), 'ratio'],
    ['unpacks to more than its directory says', withDirectory(lies, 24, 5), 'ratio'],
    ['unpacks to less than its directory says', withDirectory(lies, 24, 200), 'ratio'],
    [
      'is a bomb that says it is small',
      withDirectory(zipSync({ a: new Uint8Array(5_000_000) }), 24, 9),
      'ratio',
    ],
    ['is larger than allowed in sum', zipSync(halves(11_000_000)), 'too-big'],
    [
      'says other names in its directory',
      withDirectory(zipSync({ aa: text('x') }), 46, 'bb'),
      'not-an-archive',
    ],
    ['says its entries lie elsewhere', withDirectory(packArchive(files), 42, 9), 'not-an-archive'],
    [
      'has bytes before its first entry',
      Buffer.concat([text('#!sh\n'), packArchive(files)]),
      'not-an-archive',
    ],
    ['hides an entry from its directory', hidingOne(), 'not-an-archive'],
    ['is empty', new Uint8Array(), 'not-an-archive'],
    ['is larger than allowed', zipSync({ a: [new Uint8Array(21_000_000), { level: 0 }] }), 'too-big'],
    ['holds a symbolic link', zipSync({ a: [text('/etc'), { os: 3, attrs: 0o120777 << 16 }] }), 'symlink'],
    ['is no archive', text('hello'), 'not-an-archive'],
    ['is cut off', packArchive(files).slice(0, 60), 'not-an-archive'],
  ]
  test.each(hostile)('that %s is refused', (_, bytes, reason) => {
    expect(openArchive(bytes)).toMatchObject({ ok: false, reason })
  })

  test('with the same entry twice is refused', () => {
    expect(openArchive(renamed(zipSync({ aa: text('x'), ab: text('y') }), 'ab', 'aa'))).toMatchObject({
      ok: false,
      reason: 'duplicate',
    })
  })
})

const key = createKey()
const trusted = { [keyId(key.publicKey)]: key.publicKey }
const signed = signArchive(packArchive(files), key.privateKey)!

describe('a signature', () => {
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

describe('a signature of a stranger', () => {
  const { hash } = openArchive(signed) as { hash: string }

  test('that names a property of every object as its key is of an unknown key', () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      const entry = JSON.stringify({ algorithm: 'Ed25519', keyId: id, hash, signature: 'AA==' }, null, 2)
      const forged = packArchive({ ...files, [SIGNATURE_FILE]: text(`${entry}\n`) })
      expect(verifyArchive(forged, trusted)).toMatchObject({ state: 'unknown-key' })
    }
  })

  test('does not hold when any one byte changed what is inside', () => {
    for (let at = 0; at < signed.length; at++) {
      const changed = signed.slice()
      changed[at]! ^= 0x41
      const found = verifyArchive(changed, trusted)
      if (found.state === 'verified') expect(openArchive(changed)).toEqual(openArchive(signed))
    }
  })

  test('does not hold in another writing of the same bytes', () => {
    const { files: inside } = openArchive(signed) as { files: Record<string, Uint8Array> }
    const entry = new TextDecoder().decode(inside[SIGNATURE_FILE])
    const padded = entry.replace('=="', ';;"')
    expect(padded).not.toBe(entry)
    const changed = packArchive({ ...inside, [SIGNATURE_FILE]: text(padded) })
    expect(verifyArchive(changed, trusted)).toMatchObject({ state: 'altered' })
  })

  test('is altered when a byte of a file is', () => {
    const stored = Buffer.from(zipSync(openFiles(signed), { level: 0 }))
    expect(verifyArchive(stored, trusted).state).toBe('verified')
    stored.write('c', stored.indexOf('甲'))
    expect(verifyArchive(stored, trusted).state).toBe('altered')
  })

  test('is replaced, not added to, when an archive is signed again', () => {
    const other = createKey()
    const again = signArchive(signed, other.privateKey)!
    expect(verifyArchive(again, trusted).state).toBe('unknown-key')
    expect(verifyArchive(again, { [keyId(other.publicKey)]: other.publicKey })).toMatchObject({
      state: 'verified',
      hash,
    })
  })

  test('is not made without a manifest, nor with a key of another kind', () => {
    expect(signArchive(packArchive({ 'a.axle': text('x') }), key.privateKey)).toBeUndefined()
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const pem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(() => signArchive(signed, pem)).toThrow('not an Ed25519 key')
  })
})

function openFiles(bytes: Uint8Array) {
  const opened = openArchive(bytes)
  return opened.ok ? opened.files : {}
}

describe('axle pack, sign and verify', () => {
  const axle = (...args: string[]) => axleIn('UTC', ...args)
  const axleIn = (zone: string, ...args: string[]) =>
    spawnSync(process.execPath, ['runtime/cli.ts', ...args], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone },
    })

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

    const other = join(folder, 'other.pem')
    axle('sign', '--key', other, '--new-key')
    const torn = join(folder, 'torn')
    writeFileSync(torn, readFileSync(first).subarray(0, 500))
    const said = (...args: string[]) => axle('verify', ...args).stdout.trim()
    expect([
      said(first, '--trust', `${key}.pub`).split(' ')[0],
      said(second, '--trust', `${key}.pub`, '--lang', 'en'),
      said(first, '--trust', `${other}.pub`),
      said(first, '--lang', 'en'),
      said(torn, '--trust', `${key}.pub`),
    ]).toEqual([
      'verified',
      'The pack is not signed, so it was not taken. Ask its maker for a signed file.',
      '行业包的签名不在受信任的名单里，没有收下。确认制作方后，把它的公钥加进来再试。',
      'Nobody is trusted: name the maker’s public key with --trust.',
      '文件不是完整的行业包（可能没有下载完整），没有收下。',
    ])
  })

  test('take README, CHANGELOG and actions along, and give the same bytes in every time zone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-pack-'))
    const [pack, east, west] = [join(folder, 'pack'), join(folder, 'east'), join(folder, 'west')]
    cpSync('examples/05-prices-and-splits', pack, { recursive: true })
    mkdirSync(join(pack, 'actions'))
    for (const name of ['README.md', 'CHANGELOG.en.md', 'notes.txt', 'actions/pay.ts', 'actions/key.pem'])
      writeFileSync(join(pack, name), name)
    expect(axleIn('Asia/Shanghai', 'pack', pack, '-o', east).status).toBe(0)
    expect(axleIn('America/New_York', 'pack', pack, '-o', west).status).toBe(0)
    expect(readFileSync(east).equals(readFileSync(west))).toBe(true)
    const inside = openFiles(readFileSync(east))
    expect(Object.keys(inside)).toEqual([
      'CHANGELOG.en.md',
      'README.md',
      'actions/pay.ts',
      'manifest.json',
      'shop.axle',
      'splits.axle',
    ])
    const manifest = JSON.parse(Buffer.from(inside['manifest.json']!).toString())
    expect(manifest).toMatchObject({ name: 'example.prices', version: 1, formatVersion: 1 })
  })

  test('say in one line what is wrong with a key, and never overwrite one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-pack-'))
    const [archive, key, junk] = [join(folder, 'a'), join(folder, 'k'), join(folder, 'junk')]
    writeFileSync(archive, packArchive(files))
    writeFileSync(junk, 'junk')
    expect(axle('sign', '--key', key, '--new-key')).toMatchObject({ status: 0, stdout: '' })
    const made = readFileSync(key, 'utf8')
    expect(axle('sign', archive, '--key', key, '--new-key').status).toBe(2)
    expect(readFileSync(key, 'utf8')).toBe(made)
    expect(axle('sign', '--key', key).status).toBe(2)
    expect(axle('sign', junk, '--key', key).status).toBe(1)
    for (const args of [
      ['sign', archive, '--key', junk],
      ['verify', archive, '--trust', junk],
    ]) {
      const { status, stderr } = axle(...args)
      expect(status).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
    const { status, stdout } = axle('verify', archive, '--json')
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({ status: 1, state: 'unsigned' })
  })

  test('refuse a pack with errors', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-pack-'))
    writeFileSync(join(folder, 'bad.axle'), 'pack t "t" version 1\nenum A { x y }\n')
    expect(axle('pack', folder, '--out', join(folder, 'out')).status).toBe(1)
  })
})
