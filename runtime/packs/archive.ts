import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { zipSync, type Zippable } from 'fflate'
import { readDirectory, type ZipEntry } from './zip-directory.ts'

/** The files of a pack by path. */
export type PackFiles = Readonly<Record<string, Uint8Array>>

/** Where the signature lies inside an archive; it is not part of what is signed. */
export const SIGNATURE_FILE = 'SIGNATURE.json'

export const MAX_UNPACKED_BYTES = 20 * 1024 * 1024
export const MAX_ENTRIES = 2_000
/** How much larger a file may get when unpacked. */
export const MAX_RATIO = 100

/** Why an archive is not opened. */
export type ArchiveFault =
  'not-an-archive' | 'too-big' | 'too-many' | 'ratio' | 'path' | 'symlink' | 'duplicate' | 'twin'

export type OpenedArchive =
  | { readonly ok: true; readonly files: PackFiles; readonly hash: string }
  | { readonly ok: false; readonly reason: ArchiveFault; readonly detail: string }

/**
 * A zip with the same bytes for the same files on any machine: names in NFC by code point, one date, one compression.
 * Throws on a name that `openArchive` would refuse.
 */
export function packArchive(files: PackFiles): Uint8Array {
  const byName = new Map(Object.entries(files).map(([name, bytes]) => [name.normalize('NFC'), bytes]))
  if (byName.size < Object.keys(files).length) throw new Error('two names of the pack are the same in NFC')
  const entries: Zippable = {}
  for (const name of [...byName.keys()].sort(byCodePoint)) {
    if (!isPlainPath(name)) throw new Error(`not a plain path: ${JSON.stringify(name)}`)
    entries[name] = [byName.get(name)!, { mtime: '1980-01-01T00:00:00', level: 6 }]
  }
  return zipSync(entries, { os: 0 })
}

/** Opens an archive of a stranger: its directory is checked before a byte is unpacked, and each size while unpacking. */
export function openArchive(bytes: Uint8Array): OpenedArchive {
  const entries = readDirectory(bytes)
  if (!entries) return { ok: false, reason: 'not-an-archive', detail: '' }
  const fault = faultOf(entries)
  if (fault) return { ok: false, ...fault }
  const unpacked = unpack(bytes, entries)
  if (!unpacked.ok) return unpacked
  return { ok: true, files: unpacked.files, hash: contentHash(unpacked.files) }
}

/** SHA-256 (hex) over names and contents, the signature left out: what a release is known by. */
export function contentHash(files: PackFiles): string {
  const hash = createHash('sha256')
  for (const name of sortedNames(files)) {
    if (name === SIGNATURE_FILE) continue
    hash.update(`${name}\0${files[name]!.length}\0`).update(files[name]!)
  }
  return hash.digest('hex')
}

type Unpacked =
  { readonly ok: true; readonly files: PackFiles } | Extract<OpenedArchive, { readonly ok: false }>

/**
 * INVARIANT: entries lie one after the other from the first byte, as the directory lists them, and nothing lies between
 * them; so no other reader of zips finds other names or other contents in these bytes.
 */
function unpack(bytes: Uint8Array, entries: readonly ZipEntry[]): Unpacked {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files: [string, Uint8Array][] = []
  let at = 0
  for (const entry of entries) {
    const packed = packedData(bytes, at, entry)
    if (!packed) return { ok: false, reason: 'not-an-archive', detail: entry.name }
    const data = inflated(packed, entry)
    if (typeof data === 'string') return { ok: false, reason: data, detail: entry.name }
    files.push([entry.name, data])
    at = packed.end
  }
  if (![DIRECTORY_SIGNATURE, END_SIGNATURE].includes(view.getUint32(at, true)))
    return { ok: false, reason: 'not-an-archive', detail: '' }
  return { ok: true, files: Object.fromEntries(files) }
}

const LOCAL_SIGNATURE = 0x04034b50
const DIRECTORY_SIGNATURE = 0x02014b50
const END_SIGNATURE = 0x06054b50
const LOCAL_BYTES = 30
/** Encrypted, or with its sizes after the data: neither is written by `packArchive`. */
const REFUSED_FLAGS = 0b1001
const STORED = 0
const DEFLATED = 8

interface Packed {
  readonly method: number
  readonly data: Uint8Array
  /** Where the next entry begins. */
  readonly end: number
}

/** The packed bytes behind the local header at `at` (APPNOTE 6.3.9 §4.3.7); undefined when it is not the entry's. */
function packedData(
  bytes: Uint8Array,
  at: number,
  { name, packedSize, offset }: ZipEntry,
): Packed | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset !== at || at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL_SIGNATURE)
    return undefined
  if (view.getUint16(at + 6, true) & REFUSED_FLAGS) return undefined
  const nameEnd = at + LOCAL_BYTES + view.getUint16(at + 26, true)
  const start = nameEnd + view.getUint16(at + 28, true)
  const end = start + packedSize
  // Why: the end record follows, so four bytes can always be read at the end of an entry.
  if (end + 4 > bytes.length) return undefined
  if (new TextDecoder().decode(bytes.subarray(at + LOCAL_BYTES, nameEnd)) !== name) return undefined
  return { method: view.getUint16(at + 8, true), data: bytes.subarray(start, end), end }
}

/** Exactly as many bytes as the directory says, or the fault; never holds more than that. */
function inflated({ method, data }: Packed, { size }: ZipEntry): Uint8Array | 'ratio' | 'not-an-archive' {
  if (method === STORED) return data.length === size ? data.slice() : 'ratio'
  if (method !== DEFLATED) return 'not-an-archive'
  try {
    const file = inflateRawSync(data, { maxOutputLength: Math.max(size, 1) })
    return file.length === size ? new Uint8Array(file) : 'ratio'
  } catch (error) {
    // Why: the bytes are a stranger's; that they cannot be unpacked is the answer.
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'ratio' : 'not-an-archive'
  }
}

function faultOf(entries: readonly ZipEntry[]): { reason: ArchiveFault; detail: string } | undefined {
  if (entries.length > MAX_ENTRIES) return { reason: 'too-many', detail: String(entries.length) }
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > MAX_UNPACKED_BYTES) return { reason: 'too-big', detail: String(total) }
  const seen = new Map<string, string>()
  for (const { name, size, packedSize, isSymlink } of entries) {
    const folded = name.normalize('NFC').toLowerCase()
    const twin = seen.get(folded)
    if (twin !== undefined) return { reason: twin === name ? 'duplicate' : 'twin', detail: name }
    seen.set(folded, name)
    if (!isPlainPath(name)) return { reason: 'path', detail: name }
    if (isSymlink) return { reason: 'symlink', detail: name }
    if (size > MAX_RATIO * Math.max(packedSize, 1)) return { reason: 'ratio', detail: name }
  }
  return undefined
}

/** A relative path of plain segments, in NFC, that people can read as it is. */
function isPlainPath(name: string): boolean {
  if (name !== name.normalize('NFC') || name.length > 255) return false
  if (/[\p{Cc}\p{Cf}\p{Cs}\ufffd\\:]/u.test(name)) return false
  // Why: `__proto__` as a key of a plain object would hide the file from the hash.
  return name.split('/').every(part => !['', '.', '..', '__proto__'].includes(part))
}

function sortedNames(files: PackFiles): string[] {
  return Object.keys(files).sort(byCodePoint)
}

/** UTF-8 sorts as code points do; `<` on strings does not beyond U+FFFF. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
