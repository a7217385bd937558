import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Blueprint } from '#core/blueprint'
import {
  BundleError,
  compilePack,
  filesOf,
  openArchive,
  packArchive,
  type Compiled,
  type PackFiles,
  type PackTexts,
} from '../packs/index.ts'
import { TRAFFIC_FILE, trafficIn } from '../traffic-file.ts'
import { runTests } from '../usecases/run-tests.ts'
import { readActions } from './action-code.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** `axle pack`: a reproducible archive of a sound pack whose own tests pass; what is wrong instead of it. */
export async function pack(
  path: string,
  options: CommandOptions & { readonly out?: string },
): Promise<number> {
  const assembled = await assemblePack(path).catch((error: unknown) => {
    if (!(error instanceof BundleError)) throw error
    console.error(error.message)
  })
  if (!assembled) return 1
  const { texts, compiled, archive } = assembled
  const { checked } = compiled
  if (!archive) return reportDiagnostics(checked.diagnostics, texts, options)
  const { failed } = runTests(compiled, {})
  if (failed.length > 0) {
    console.error(
      `${path} was not packed: no desk could install it while its own tests fail; axle test says why.`,
    )
    for (const test of failed) console.error(`  ${test}`)
    return 1
  }
  const { name, version } = checked.blueprint.pack
  const opened = openArchive(archive)
  if (!opened.ok) {
    console.error(`${path} does not fit an archive: ${opened.reason} ${opened.detail}`)
    return 1
  }
  const out = options.out ?? `${name}-${version}.axlepack`
  await writeFile(out, archive)
  const answer = { file: out, name, version, hash: opened.hash }
  console.log(options.json ? JSON.stringify(answer, null, 2) : `${out} ${answer.hash}`)
  return 0
}

/**
 * The unsigned archive of the pack at a path, with what was compiled; no archive when it is not sound. Throws BundleError for
 * actions whose code is missing or cannot be read, and for traffic that is not the pack's.
 */
export async function assemblePack(
  path: string,
): Promise<{ texts: PackTexts; compiled: Compiled; archive: Uint8Array | undefined }> {
  const texts = await readPack(path)
  const compiled = compilePack(texts)
  if (!compiled.sound) return { texts, compiled, archive: undefined }
  const inside = Object.fromEntries(
    Object.entries(texts).map(([file, text]) => [
      relative(path, file).split(sep).join('/') || file.split(sep).at(-1)!,
      text,
    ]),
  )
  const beside = await companions(path)
  refuseWithoutCode(compiled.checked.blueprint, beside)
  refuseStrangeTraffic(compiled.checked.blueprint, beside)
  const files = { ...beside, ...filesOf(inside, compiled.checked.blueprint) }
  return { texts, compiled, archive: packArchive(files) }
}

/** An action without code would fail on every desk. Throws BundleError. */
function refuseWithoutCode({ actions }: Blueprint, beside: PackFiles): void {
  const bare = Object.keys(actions).filter(name => !beside[`actions/${name}.ts`])
  if (bare.length > 0)
    throw new BundleError(`There is no code for ${bare.map(name => `actions/${name}.ts`).join(', ')}.`)
}

/** Traffic that the pack could not be simulated under. Throws BundleError. */
function refuseStrangeTraffic(blueprint: Blueprint, beside: PackFiles): void {
  const bytes = beside[TRAFFIC_FILE]
  if (!bytes) return
  const read = trafficIn(blueprint, { file: TRAFFIC_FILE, text: new TextDecoder().decode(bytes) })
  if ('fault' in read) throw new BundleError(read.fault)
}

/** What travels with the texts: README and CHANGELOG in any language (`README.en.md`), traffic, and the actions' code. */
async function companions(path: string): Promise<PackFiles> {
  if (!(await stat(path)).isDirectory()) return {}
  const names = await readdir(path)
  const wanted = names.filter(
    name => name === TRAFFIC_FILE || /^(README|CHANGELOG)(\.[A-Za-z-]+)?\.md$/.test(name),
  )
  const read = await Promise.all(wanted.map(async name => [name, await readFile(join(path, name))] as const))
  const code = Object.entries(await readActions(path))
  const encoder = new TextEncoder()
  return Object.fromEntries([...read, ...code.map(([name, text]) => [name, encoder.encode(text)] as const)])
}
