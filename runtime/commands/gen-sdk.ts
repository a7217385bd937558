import type { ActionBlueprint, ActionFieldBlueprint, Blueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** `axle gen sdk`: the declarations of `#pack` for the pack's actions; findings instead when the pack has errors. */
export async function genSdk(path: string, options: CommandOptions): Promise<number> {
  const texts = await readPack(path)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const sdk = sdkOf(blueprint)
  console.log(options.json ? JSON.stringify({ sdk }, null, 2) : sdk)
  return 0
}

/** TypeScript that declares the module `#pack`: one overload of `action` for each action of the pack. */
export function sdkOf(blueprint: Blueprint): string {
  const actions = Object.entries(blueprint.actions).map(([name, action]) =>
    overloadOf(blueprint, name, action),
  )
  return `declare module '#pack' {\n${shared}\n${actions.join('\n')}\n}`
}

const shared = `  export interface Money { readonly fen: number; readonly currency: string }
  export interface Secret { readonly secret: string }
  export interface Reply { readonly status: number; readonly text: string; readonly json: any }
  export interface CallOptions { readonly bearer?: Secret }
  export interface Net {
    get(url: string, options?: CallOptions): Promise<Reply>
    post(url: string, body?: unknown, options?: CallOptions): Promise<Reply>
    put(url: string, body?: unknown, options?: CallOptions): Promise<Reply>
    delete(url: string, body?: unknown, options?: CallOptions): Promise<Reply>
  }
  export interface Tools {
    readonly key: string
    readonly log: { info(text: string, data?: unknown): void; warn(text: string, data?: unknown): void }
    readonly time: { now(): Promise<number> }
    readonly random: { uuid(): Promise<string> }
  }`

function overloadOf(blueprint: Blueprint, name: string, action: ActionBlueprint): string {
  const secrets = action.secrets.map(secret => JSON.stringify(secret)).join(' | ')
  const tools = [
    'Tools',
    ...(action.net.length > 0 ? ['{ readonly net: Net }'] : []),
    ...(secrets === '' ? [] : [`{ readonly secret: Readonly<Record<${secrets}, Secret>> }`]),
  ]
  const input = recordOf(blueprint, action.inputs, ' | null')
  const output = recordOf(blueprint, action.outputs, '')
  return `  export function action(name: ${JSON.stringify(name)}, run: (input: ${input}, tools: ${tools.join(' & ')}) => ${output} | Promise<${output}>): unknown`
}

/** Inputs may be absent, as any field of a form; outputs may not. */
function recordOf(blueprint: Blueprint, fields: readonly ActionFieldBlueprint[], absent: string): string {
  const members = fields.map(
    ({ name, type, values }) =>
      `readonly ${JSON.stringify(name)}: ${values ? oneOf(values) : typeText(blueprint, type)}${absent}`,
  )
  return `{ ${members.join('; ')} }`
}

/** `around`: the rows that this stands in, which may hold rows of their own kind. */
function typeText(blueprint: Blueprint, type: Type, around: readonly string[] = []): string {
  if (type.kind === 'enum') return oneOf(Object.keys(blueprint.enums[type.name]?.values ?? {}))
  if (type.kind === 'money') return 'Money'
  if (type.kind === 'int' || type.kind === 'datetime') return 'number'
  if (type.kind === 'bool') return 'boolean'
  if (type.kind === 'photo') return 'readonly string[]'
  if (type.kind === 'ref')
    return isRow(blueprint, type.name) ? rowText(blueprint, type.name, around) : 'string'
  return 'of' in type ? `readonly (${typeText(blueprint, type.of, around)})[]` : 'string'
}

const builtin: ReadonlySet<string> = new Set(['customer', 'staff', 'store'])

/** Whether its records have no key, as the rows of a list. */
function isRow(blueprint: Blueprint, name: string): boolean {
  return blueprint.entities[name]?.key === null && !builtin.has(name)
}

/** A row as what its fields say, each of which may be absent. */
function rowText(blueprint: Blueprint, name: string, around: readonly string[]): string {
  if (around.includes(name)) return 'object'
  const members = Object.entries(blueprint.entities[name]!.fields).map(
    ([field, { type }]) =>
      `readonly ${JSON.stringify(field)}: ${typeText(blueprint, type, [...around, name])} | null`,
  )
  return `{ ${members.join('; ')} }`
}

function oneOf(values: readonly string[]): string {
  return values.map(value => JSON.stringify(value)).join(' | ') || 'never'
}
