import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The texts and sheets below a folder, by path; what is installed beside a pack, and what is hidden, is not of it. */
export async function packFilesBelow(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isFile() && isPackFile(entry.name)) found.push(path)
    if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      found.push(...(await packFilesBelow(path)))
  }
  return found
}

export const isPackFile = (name: string) => name.endsWith('.axle') || name.endsWith('.csv')
