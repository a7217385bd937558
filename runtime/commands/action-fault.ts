import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether a file of a pack's `actions` folder is the code of one. */
export const isActionCode = (file: string) => file.endsWith('.ts') && !file.endsWith('.d.ts')

/** What keeps the code of a folder's actions from being read, a text each; none without actions. */
export async function actionFaults(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'actions')).catch(withoutFolder)
  const read = names.filter(isActionCode).map(async name => {
    const path = join(folder, 'actions', name)
    return actionFault(path, await readFile(path, 'utf8'))
  })
  return (await Promise.all(read)).filter(fault => fault !== undefined)
}

function withoutFolder(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
  throw error
}

/** Why a text is no TypeScript: as an action it would fail at its first run. */
export async function actionFault(path: string, text: string): Promise<string | undefined> {
  const { parseAst } = await import('rolldown/parseAst')
  try {
    parseAst(text, { lang: 'ts' }, path)
    return undefined
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : ''}`
  }
}
