import { readFile } from 'node:fs/promises'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { actionSource, BundleError } from '../packs/index.ts'
import { parseJson } from '../json-file.ts'
import { createSandbox } from '../sandbox/index.ts'
import { readCases } from './action-cases.ts'
import { readActions } from './action-code.ts'
import { difference, play, wordsOf, type Loaded, type Told } from './action-play.ts'
import { readSample } from './action-sample.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

export interface ActionOptions extends CommandOptions {
  readonly pack: string
}

/** `axle action run`: one run in the sandbox that production has, its outcome, what it took, and where it failed. */
export async function runAction(
  name: string,
  options: ActionOptions & { readonly in: string; readonly net?: boolean },
): Promise<number> {
  const loaded = await load(options)
  if (typeof loaded === 'number') return loaded
  const action = loaded.blueprint.actions[name]
  if (!action || actionSource(loaded.code, name) === undefined) return missing(name, loaded)
  const sample = readSample(parseJson(await readFile(options.in, 'utf8'), options.in), options.in)
  const sandbox = createSandbox({ runners: 1 })
  try {
    const told = await play(sandbox, loaded, { name, action, sample, live: options.net ?? false })
    console.log(options.json ? JSON.stringify(told, null, 2) : wordsOf(told))
    return told.fault === null ? 0 : 1
  } finally {
    sandbox.close()
  }
}

/** `axle action test`: every case of `actions/<name>.test.json`, answers scripted; exit 1 when one comes out otherwise. */
export async function testActions(options: ActionOptions): Promise<number> {
  const loaded = await load(options)
  if (typeof loaded === 'number') return loaded
  const cases = await readCases(options.pack)
  const sandbox = createSandbox({ runners: 1 })
  const results: (Told & { readonly case: string; readonly differs: string | null })[] = []
  try {
    for (const { action: name, sample } of cases) {
      const action = loaded.blueprint.actions[name]
      if (!action || actionSource(loaded.code, name) === undefined) return missing(name, loaded)
      const told = await play(sandbox, loaded, { name, action, sample, live: false })
      results.push({ ...told, case: `${name}: ${sample.name}`, differs: difference(sample, told) })
    }
  } finally {
    sandbox.close()
  }
  const failed = results.filter(({ differs }) => differs !== null)
  const bare = Object.keys(loaded.blueprint.actions).filter(
    name => actionSource(loaded.code, name) === undefined,
  )
  if (bare.length > 0) {
    console.error(`There is no code for ${bare.map(name => `actions/${name}.ts`).join(', ')}.`)
    return 1
  }
  if (options.json) console.log(JSON.stringify(results, null, 2))
  else {
    for (const result of results)
      console.log(
        result.differs === null
          ? `✓ ${result.case} (${result.meters.ms} ms)`
          : `✗ ${result.case}\n  ${result.differs}\n${wordsOf(result)}`,
      )
    console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
  }
  return failed.length > 0 || results.length === 0 ? 1 : 0
}

async function load({ pack, ...options }: ActionOptions): Promise<Loaded | number> {
  const texts = await readPack(pack)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  try {
    return { blueprint, code: await readActions(pack) }
  } catch (error) {
    if (!(error instanceof BundleError)) throw error
    console.error(error.message)
    return 1
  }
}

function missing(name: string, { blueprint, code }: Loaded): number {
  const has = Object.keys(blueprint.actions).filter(action => actionSource(code, action) !== undefined)
  const others = has.join(', ') || 'none'
  console.error(`There is no action ${name} with code in actions/${name}.ts; the pack has: ${others}.`)
  return 2
}
