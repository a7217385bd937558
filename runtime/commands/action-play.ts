import type { ActionBlueprint, Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import { actionSource } from '../packs/index.ts'
import type { Sandbox, SandboxEnd } from '../sandbox/index.ts'
import { actionResult, lacking, missingInput } from '../usecases/action-values.ts'
import { scripted, type Sample, type Script } from './action-sample.ts'

/** A pack whose actions can be run. */
export interface Loaded {
  readonly blueprint: Blueprint
  readonly code: Readonly<Record<string, string>>
}

/** What came of a run, for people and machines. */
export interface Told {
  readonly outcome: string
  readonly out: unknown
  readonly fault: string | null
  /** What the code returned, where that was the fault. */
  readonly returned?: unknown
  readonly stack: string | null
  readonly asked: Script['asked']
  readonly log: SandboxEnd['log']
  readonly meters: SandboxEnd['meters']
}

/** Runs an action once on a sample. */
export async function play(
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
    ...(fault !== null && end.value !== undefined && { returned: end.value }),
    meters: end.meters,
  }
}

/** What came out otherwise than a case says; null where it came out so. */
export function difference({ expect }: Sample, told: Told): string | null {
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

/** A run as a terminal shows it. */
export function wordsOf({ outcome, out, fault, returned, stack, asked, log, meters }: Told): string {
  const made = Object.entries(asked).filter(([, list]) => Object.keys(list).length > 0)
  return [
    fault === null ? `outcome ${outcome} ${JSON.stringify(out)}` : `fault ${fault}`,
    ...(returned === undefined ? [] : [`  returned ${JSON.stringify(returned)}`]),
    ...(stack === null ? [] : stack.split('\n').map(line => `  ${line}`)),
    ...log.map(
      ({ level, text, data }) => `${level} ${text}${data === null ? '' : ` ${JSON.stringify(data)}`}`,
    ),
    ...made.map(([what, list]) => `${what} ${JSON.stringify(list)}`),
    `took ${meters.ms} ms, ${(meters.maxRssBytes / 1024 / 1024).toFixed(0)} MB of the runner, ${meters.calls} calls`,
  ].join('\n')
}
