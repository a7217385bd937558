import { createHash } from 'node:crypto'
import type { Blueprint } from '#core/blueprint'
import { checkPack, type Checked } from '#dsl'
import { meaningOf } from '#dsl/change'
import { blocksRelease } from '#dsl/diagnostics'
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

/** The first thing an archive's manifest says otherwise than its texts; undefined when they agree. */
export function manifestFault(
  files: PackFiles,
  { pack, formatVersion }: Blueprint,
): keyof Manifest | undefined {
  const { name, label, version } = pack
  const said = manifestOf(files)
  const written: Manifest = { name, label, version, formatVersion }
  return (['name', 'label', 'version', 'formatVersion'] as const).find(key => said[key] !== written[key])
}

/** What the manifest says, which a stranger wrote; empty when it is not JSON of an object. */
function manifestOf(files: PackFiles): Partial<Manifest> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(files[MANIFEST_FILE]))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // Why: a manifest that cannot be read agrees with nothing.
    return {}
  }
}

/** The texts of a pack among an archive's files: the language, the sheets it reads, and the code of its actions. */
export function textsOf(files: PackFiles): PackTexts {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => isLanguage(path) || isAction(path))
      .map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  )
}

const isLanguage = (path: string) => path.endsWith('.axle') || path.endsWith('.csv')
const isAction = (path: string) => /^actions\/[^/]+\.[jt]s$/.test(path)

/** Of a pack's texts those in the language, and the sheets whose rows it reads. */
export function languageOf(texts: PackTexts): PackTexts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => isLanguage(path)))
}

/** Of a pack's texts the code of its actions. */
export function codeOf(texts: PackTexts): PackTexts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => isAction(path)))
}

/** The code of an action among a pack's texts, bundled where it imports; undefined when the pack forgot it. */
export function actionSource(texts: PackTexts, action: string): string | undefined {
  return texts[`actions/${action}.js`] ?? texts[`actions/${action}.ts`]
}

/** A pack that was compiled: ready to run, or with its findings. */
export interface Compiled {
  readonly checked: Checked
  /** Whether it may be published. */
  readonly sound: boolean
  /** SHA-256 (hex) of what the pack means and the code of its actions: another layout is no other version. */
  readonly hash: string
}

export function compilePack(texts: PackTexts): Compiled {
  const checked = checkPack(languageOf(texts))
  const sound = !checked.diagnostics.some(blocksRelease)
  const actions = Object.entries(codeOf(texts))
  const hash = createHash('sha256')
    .update(meaningOf(checked.blueprint))
    .update(actions.length > 0 ? JSON.stringify(actions.sort(([a], [b]) => (a < b ? -1 : 1))) : '')
    .digest('hex')
  return { checked, sound, hash }
}
