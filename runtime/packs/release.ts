import { createHash } from 'node:crypto'
import type { Blueprint } from '#core/blueprint'
import { checkPack, type Checked } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import type { PackFiles } from './archive.ts'

/** What an archive says about itself, made from its texts. */
export interface Manifest {
  readonly name: string
  readonly label: string
  readonly version: number
  readonly formatVersion: number
}

export const MANIFEST_FILE = 'manifest.json'

/** The texts of a pack by path. */
export type PackTexts = Readonly<Record<string, string>>

/** The files of an archive: the texts, what goes with them, and the manifest. */
export function filesOf(texts: PackTexts, blueprint: Blueprint): PackFiles {
  const { name, label, version } = blueprint.pack
  const manifest: Manifest = { name, label, version, formatVersion: blueprint.formatVersion }
  const all = { ...texts, [MANIFEST_FILE]: `${JSON.stringify(manifest, null, 2)}\n` }
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [path, new TextEncoder().encode(text)]))
}

/** The texts in the language among an archive's files. */
export function textsOf(files: PackFiles): PackTexts {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.endsWith('.axle'))
      .map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  )
}

/** A pack that was compiled: ready to run, or with its findings. */
export interface Compiled {
  readonly checked: Checked
  /** Whether it may be published. */
  readonly sound: boolean
  /** SHA-256 (hex) of the blueprint. */
  readonly hash: string
}

export function compilePack(texts: PackTexts): Compiled {
  const checked = checkPack(texts)
  const sound = !checked.diagnostics.some(found => severityOf(found) === 'error')
  const hash = createHash('sha256').update(JSON.stringify(checked.blueprint)).digest('hex')
  return { checked, sound, hash }
}
