import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActionBlueprint, Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { actionSource, BundleError } from '../packs/index.ts'
import { createSandbox, type Sandbox, type SandboxEnd } from '../sandbox/index.ts'
import { actionResult, lacking, missingInput } from '../usecases/action-values.ts'
import { readActions } from './action-code.ts'
import { readSample, scripted, type Sample, type Script } from './action-sample.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

export interface ActionOptions extends CommandOptions {
  readonly pack: string
}

interface Loaded {
  readonly blueprint: Blueprint
  readonly code: Readonly<Record<string, string>>
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
  const sample = readSample(await readFile(options.in, 'utf8'), options.in)
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
  const folder = join(options.pack, 'actions')
  const files = (await readdir(folder)).filter(file => file.endsWith('.test.json')).sort()
  const sandbox = createSandbox({ runners: 1 })
  const results: (Told & { readonly case: string; readonly differs: string | null })[] = []
  try {
    for (const file of files) {
      const name = file.slice(0, -'.test.json'.length)
      const action = loaded.blueprint.actions[name]
      if (!action || actionSource(loaded.code, name) === undefined) return missing(name, loaded)
      const cases: unknown = JSON.parse(await readFile(join(folder, file), 'utf8'))
      for (const each of Array.isArray(cases) ? cases : [cases]) {
        const sample = readSample(JSON.stringify(each), file)
        const told = await play(sandbox, loaded, { name, action, sample, live: false })
        results.push({ ...told, case: `${name}: ${sample.name}`, differs: difference(sample, told) })
      }
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

/** What came of a run, for people and machines. */
interface Told {
  readonly outcome: string
  readonly out: unknown
  readonly fault: string | null
  readonly stack: string | null
  readonly asked: Script['asked']
  readonly log: SandboxEnd['log']
  readonly meters: SandboxEnd['meters']
}

async function play(
  sandbox: Sandbox,
  { blueprint, code }: Loaded,
  run: {
    readonly name: string
    readonly action: ActionBlueprint
    readonly sample: Sample
    readonly live: boolean
  },
): Promise<Told> {
  const { name, action, sample } = run
  const script = scripted(blueprint, action, run)
  const missing = missingInput(action, sample.in as FieldValues)
  const end =
    missing === undefined
      ? await sandbox.run({
          ...{ tenant: 'local', source: actionSource(code, name)!, input: sample.in, key: sample.key },
          ...{ timeoutMs: action.timeoutMs, capabilities: script.capabilities },
        })
      : lacking(missing)
  const { outcome, output, fault } = actionResult(blueprint, action, end)
  const inFile = (text: string) => text.replaceAll('action.ts:', `actions/${name}.ts:`)
  return {
    ...{ outcome, out: fault === null ? output : null, fault: fault && inFile(fault) },
    ...{ stack: end.fault?.stack ? inFile(end.fault.stack) : null, asked: script.asked, log: end.log },
    meters: end.meters,
  }
}

function difference({ expect }: Sample, told: Told): string | null {
  const said: Record<string, unknown> = { ...told, ...told.asked }
  for (const [what, wanted] of Object.entries(expect)) {
    const got = said[what]
    const fits = what === 'fault' ? String(got).startsWith(String(wanted)) : contains(got, wanted)
    if (!fits) return `${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`
  }
  return told.fault !== null && expect.fault === undefined ? `fault: ${told.fault}` : null
}

/** Objects may have more than was asked for; everything else is equal. */
function contains(got: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return got === wanted
  if (typeof got !== 'object' || got === null) return false
  if (Array.isArray(wanted) && (got as unknown[]).length !== wanted.length) return false
  return Object.entries(wanted).every(([name, value]) =>
    contains((got as Record<string, unknown>)[name], value),
  )
}

function wordsOf({ outcome, out, fault, stack, asked, log, meters }: Told): string {
  const made = Object.entries(asked).filter(([, list]) => Object.keys(list).length > 0)
  return [
    fault === null ? `outcome ${outcome} ${JSON.stringify(out)}` : `fault ${fault}`,
    ...(stack === null ? [] : stack.split('\n').map(line => `  ${line}`)),
    ...log.map(
      ({ level, text, data }) => `${level} ${text}${data === null ? '' : ` ${JSON.stringify(data)}`}`,
    ),
    ...made.map(([what, list]) => `${what} ${JSON.stringify(list)}`),
    `took ${meters.ms} ms, ${(meters.maxRssBytes / 1024 / 1024).toFixed(0)} MB of the runner, ${meters.calls} calls`,
  ].join('\n')
}
