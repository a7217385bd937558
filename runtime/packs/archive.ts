import { createHash } from 'node:crypto'
import { unzipSync, zipSync, type Zippable } from 'fflate'
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

/** A zip with the same bytes for the same files on any machine: sorted names, one date, one compression. */
export function packArchive(files: PackFiles): Uint8Array {
  const entries: Zippable = {}
  for (const name of sortedNames(files))
    entries[name] = [files[name]!, { mtime: '1980-01-01T00:00:00', level: 6 }]
  return zipSync(entries, { os: 0 })
}

/** Opens an archive of a stranger: everything is checked in its directory before a byte is unpacked. */
export function openArchive(bytes: Uint8Array): OpenedArchive {
  const entries = readDirectory(bytes)
  if (!entries) return { ok: false, reason: 'not-an-archive', detail: '' }
  const fault = faultOf(entries)
  if (fault) return { ok: false, ...fault }
  const files = unpack(bytes)
  if (!files) return { ok: false, reason: 'not-an-archive', detail: '' }
  const lying = entries.find(({ name, size }) => files[name]?.length !== size)
  if (lying) return { ok: false, reason: 'ratio', detail: lying.name }
  return { ok: true, files, hash: contentHash(files) }
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

function unpack(bytes: Uint8Array): PackFiles | undefined {
  try {
    return unzipSync(bytes)
  } catch {
    // Why: the bytes are a stranger's; that they cannot be unpacked is the answer.
    return undefined
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

/** A relative path of plain segments, in NFC. */
function isPlainPath(name: string): boolean {
  if (name !== name.normalize('NFC') || name.length > 255) return false
  if (/[\u0000-\u001f\\:]/.test(name) || name.startsWith('/')) return false
  return name.split('/').every(part => part !== '' && part !== '.' && part !== '..')
}

function sortedNames(files: PackFiles): string[] {
  return Object.keys(files).sort((a, b) => (a < b ? -1 : 1))
}
