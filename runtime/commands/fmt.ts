import { readFile, writeFile } from 'node:fs/promises'
import { format } from '#dsl/format'
import { withoutSheets } from '#dsl/syntax'
import { readTexts, type CommandOptions } from './source.ts'

/**
 * `axle fmt`: brings files into their common form and names those it changed; with `--check` only names those that
 * would change, and exits 1 if there are any. A file that is not UTF-8 is left alone, which also exits 1.
 */
export async function fmt(
  paths: readonly string[],
  options: Pick<CommandOptions, 'json'> & { readonly check?: boolean },
): Promise<0 | 1> {
  const packs = await Promise.all((paths.length ? paths : ['.']).map(readTexts))
  const changed: string[] = []
  let isRefused = false
  for (const [path, text] of Object.entries(
    withoutSheets(Object.assign({}, ...packs) as Record<string, string>),
  )) {
    const formatted = format(text)
    if (formatted === text) continue
    // Why: bytes that are no text were read as replacement characters, and would be lost.
    if (!Buffer.from(text).equals(await readFile(path))) {
      console.error(`${path} is not UTF-8; it stays as it is.`)
      isRefused = true
      continue
    }
    changed.push(path)
    if (!options.check) await writeFile(path, formatted)
  }
  if (options.json) console.log(JSON.stringify(changed))
  else for (const path of changed) console.log(path)
  return isRefused || (options.check && changed.length > 0) ? 1 : 0
}
