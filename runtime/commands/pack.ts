import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { compilePack, contentHash, filesOf, packArchive } from '../packs/index.ts'
import { readPack, reportDiagnostics, type CommandOptions } from './source.ts'

/** `axle pack`: a reproducible archive of a sound pack; findings instead of it when there are errors. */
export async function pack(
  path: string,
  options: CommandOptions & { readonly out?: string },
): Promise<number> {
  const texts = await readPack(path)
  const { checked, sound } = compilePack(texts)
  if (!sound) return reportDiagnostics(checked.diagnostics, texts, options)
  const { name, version } = checked.blueprint.pack
  const inside = Object.fromEntries(
    Object.entries(texts).map(([file, text]) => [relative(path, file) || file.split('/').at(-1)!, text]),
  )
  const files = filesOf(inside, checked.blueprint)
  const out = options.out ?? `${name}-${version}.axlepack`
  await writeFile(out, packArchive(files))
  const answer = { file: out, name, version, hash: contentHash(files) }
  console.log(options.json ? JSON.stringify(answer, null, 2) : `${out} ${answer.hash}`)
  return 0
}
