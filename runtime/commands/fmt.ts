import { writeFile } from 'node:fs/promises'
import { format } from '#dsl/format'
import { readPack, type CommandOptions } from './source.ts'

/** `axle fmt`: brings files into their common form; with `--check` only says which would change, and exits 1. */
export async function fmt(
  paths: readonly string[],
  options: CommandOptions & { readonly check?: boolean },
): Promise<number> {
  const packs = await Promise.all((paths.length ? paths : ['.']).map(readPack))
  const changed: string[] = []
  for (const [path, text] of Object.entries(Object.assign({}, ...packs) as Record<string, string>)) {
    const formatted = format(text)
    if (formatted === text) continue
    changed.push(path)
    if (!options.check) await writeFile(path, formatted)
  }
  console.log(options.json ? JSON.stringify(changed) : changed.join('\n'))
  return options.check && changed.length > 0 ? 1 : 0
}
