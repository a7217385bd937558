import { readFile, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { packNameOf, packsUsedIn } from '#dsl'
import type { Language } from '#dsl/diagnostics'
import '../generation.ts'
import { isPackFile, packFilesBelow } from '../pack-files.ts'

export interface CommandOptions {
  readonly json?: boolean
  readonly lang: Language
}

/** The texts of a pack and of the packs it uses, which lie beside its folder. Throws when the path cannot be read. */
export async function readPack(path: string): Promise<Record<string, string>> {
  const texts = await readTexts(path)
  const folder = (await stat(path)).isDirectory() ? resolve(path) : dirname(resolve(path))
  return { ...texts, ...(await readUsedPacks(texts, folder)) }
}

/**
 * The texts of a pack, by path: a single file with the sheets beside it, or every `.axle` and `.csv` file of a folder. Throws
 * when the path cannot be read.
 */
export async function readTexts(path: string): Promise<Record<string, string>> {
  const paths = (await stat(path)).isDirectory()
    ? await packFilesBelow(path)
    : [path, ...(await sheetsBeside(path))]
  const texts = await Promise.all(
    paths.map(async file => [relative('.', file) || file, await readFile(file, 'utf8')] as const),
  )
  return Object.fromEntries(texts)
}

async function sheetsBeside(path: string): Promise<string[]> {
  const names = await readdir(dirname(path))
  return names.filter(name => name.endsWith('.csv')).map(name => join(dirname(path), name))
}

/** The texts of the packs that a pack uses, from the folders beside its own, behind `@name/`. */
async function readUsedPacks(
  texts: Readonly<Record<string, string>>,
  folder: string,
): Promise<Record<string, string>> {
  const wanted = new Set(packsUsedIn(texts))
  if (wanted.size === 0) return {}
  const found: Record<string, string> = {}
  for (const entry of await readdir(dirname(folder), { withFileTypes: true })) {
    const beside = join(dirname(folder), entry.name)
    if (!entry.isDirectory() || beside === folder) continue
    const files = (await readdir(beside)).filter(isPackFile)
    const read = await Promise.all(
      files.map(async name => [name, await readFile(join(beside, name), 'utf8')] as const),
    )
    const pack = packNameOf(Object.fromEntries(read))
    if (pack !== undefined && wanted.has(pack))
      for (const [name, text] of read) found[`@${pack}/${name}`] = text
  }
  return found
}
