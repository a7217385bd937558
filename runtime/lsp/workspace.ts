import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Texts } from '#dsl/service'
import { packFilesBelow } from '../pack-files.ts'

/** The packs of a folder: what is on the disk, and over it what is open in the editor. */
export interface Workspace {
  /** Reads the folder (again). */
  readonly load: () => Promise<void>
  readonly open: (uri: string, text: string) => void
  readonly close: (uri: string) => void
  /** The pack that a file belongs to, by URI; a file alone is a pack of its own. */
  readonly packOf: (uri: string) => Texts
}

export function createWorkspace(root: string | undefined): Workspace {
  const open = new Map<string, string>()
  let saved = new Map<string, string>()
  const all = () => new Map([...saved, ...open])
  return {
    load: async () => {
      if (root !== undefined && existsSync(root)) saved = await readTexts(root)
    },
    open: (uri, text) => void open.set(uri, text),
    close: uri => void open.delete(uri),
    packOf: uri => {
      const texts = all()
      const folder = packFolder(texts, uri)
      return Object.fromEntries([...texts].filter(([each]) => each === uri || isBelow(folder, each, texts)))
    },
  }
}

async function readTexts(root: string): Promise<Map<string, string>> {
  const paths = await packFilesBelow(root)
  const texts = await Promise.all(
    paths.map(async path => [pathToFileURL(path).href, await readFile(path, 'utf8')] as const),
  )
  return new Map(texts)
}

/** The deepest folder around a file that holds a `pack` declaration. */
function packFolder(texts: ReadonlyMap<string, string>, uri: string): string | undefined {
  return [...texts]
    .filter(([, text]) => /^\s*pack\s+[^\s:]/m.test(text))
    .map(([each]) => folderOf(each))
    .filter(folder => inside(folder, uri))
    .sort((a, b) => b.length - a.length)[0]
}

function isBelow(folder: string | undefined, uri: string, texts: ReadonlyMap<string, string>): boolean {
  return folder !== undefined && inside(folder, uri) && packFolder(texts, uri) === folder
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1)
}

function inside(folder: string, uri: string): boolean {
  return uri.startsWith(folder)
}
