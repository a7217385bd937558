import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The texts and sheets below a folder, by path; what is installed beside a pack, and what is hidden, is not of it. */
export async function packFilesBelow(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isFile() && isPackFile(entry.name)) found.push(path)
    if (entry.isDirectory() && isPackFolder(entry.name)) found.push(...(await packFilesBelow(path)))
  }
  return found
}

/** Whether a folder inside a pack's is of the pack: nothing installed, nothing hidden. */
export const isPackFolder = (name: string) => name !== 'node_modules' && !name.startsWith('.')

export const isPackFile = (name: string) => name.endsWith('.axle') || name.endsWith('.csv')
