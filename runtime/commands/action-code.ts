import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BundleError, bundleAction } from '../packs/index.ts'
import { MAX_SOURCE_CHARS } from '../sandbox/index.ts'
import { actionFault, isActionCode } from './action-fault.ts'

/**
 * The code of a pack's actions by path (`actions/erp.退款.ts`), and beside it, as `.js`, one text of what those import that
 * import more than `#pack`. Throws BundleError.
 */
export async function readActions(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder)
  if (!names.includes('actions')) return {}
  const code: Record<string, string> = {}
  for (const name of (await readdir(join(folder, 'actions'))).filter(isActionCode)) {
    const path = `actions/${name}`
    const text = await readFile(join(folder, path), 'utf8')
    const fault = await actionFault(path, text)
    if (fault !== undefined) throw new BundleError(fault)
    code[path] = text
    const bundled = await bundleAction(folder, { path, text })
    if ((bundled ?? text).length > MAX_SOURCE_CHARS)
      throw new BundleError(`${path} comes to more than ${MAX_SOURCE_CHARS} characters`)
    if (bundled !== undefined) code[path.replace(/\.ts$/, '.js')] = bundled
  }
  return code
}
