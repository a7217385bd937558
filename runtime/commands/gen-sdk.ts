import { typeAtPath, type ActionBlueprint, type ActionFieldBlueprint, type Blueprint } from '#core/blueprint'
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

const shared = `  /** An amount in minor units: ¥12.50 is { fen: 1250, currency: 'CNY' }. */
  export interface Money { readonly fen: number; readonly currency: string }
  /** A secret's name; its value is put in outside the sandbox. */
  export interface Secret { readonly secret: string }
  export interface Reply {
    readonly status: number
    readonly text: string
    /** The text as JSON, where it is. */
    readonly json?: any
    /** Where a redirect leads; it is never followed. */
    readonly location?: string
  }
  export interface CallOptions { readonly bearer: Secret }
  export interface Net {
    get(url: string, options?: CallOptions): Promise<Reply>
    post(url: string, body?: unknown, options?: CallOptions): Promise<Reply>
    put(url: string, body?: unknown, options?: CallOptions): Promise<Reply>
    delete(url: string, body?: unknown, options?: CallOptions): Promise<Reply>
  }
  export interface Kept {
    get(name: string): Promise<any>
    set(name: string, value: unknown): Promise<void>
    delete(name: string): Promise<void>
  }
  export interface Tools {
    /** The same for every attempt at a run: what a repeat is known by. */
    readonly key: string
    readonly log: { info(text: string, data?: unknown): void; warn(text: string, data?: unknown): void }
    /** Epoch ms of the business. */
    readonly time: { now(): Promise<number> }
    readonly random: { uuid(): Promise<string> }
  }`

function overloadOf(blueprint: Blueprint, name: string, action: ActionBlueprint): string {
  const secrets = action.secrets.map(secret => JSON.stringify(secret)).join(' | ')
  const tools = [
    'Tools',
    ...(action.net.length > 0 ? ['{ readonly net: Net }'] : []),
    ...(secrets === '' ? [] : [`{ readonly secret: Readonly<Record<${secrets}, Secret>> }`]),
    ...(action.reads.length > 0 ? [`{ readonly read: ${readerOf(blueprint, action.reads)} }`] : []),
    ...(action.writes ? [`{ readonly write: ${writerOf(blueprint, action.writes)} }`] : []),
    ...(action.sends ? ['{ send(text: string): Promise<void> }'] : []),
    ...(action.keeps ? ['{ readonly kv: Kept }'] : []),
  ]
  const input = recordOf(blueprint, action.inputs)
  const output = recordOf(blueprint, action.outputs)
  return `  export function action(name: ${JSON.stringify(name)}, run: (input: ${input}, tools: ${tools.join(' & ')}) => ${output} | Promise<${output}>): unknown`
}

/** One signature a path; of a whole entity, each of its fields. */
function readerOf(blueprint: Blueprint, reads: readonly string[]): string {
  const paths = reads.flatMap(path => [path, ...fieldsBehind(blueprint, path)])
  const signatures = [...new Set(paths)].map(
    path => `(path: ${JSON.stringify(path)}): Promise<${typeOf(blueprint, path)} | null>`,
  )
  return `{ ${signatures.join('; ')} }`
}

function fieldsBehind(blueprint: Blueprint, path: string): string[] {
  const type = typeAtPath(blueprint, path)
  if (type?.kind !== 'ref') return []
  const own = Object.keys(blueprint.entities[type.name]?.fields ?? {})
  return [...new Set([...own, 'id'])].map(field => `${path}.${field}`)
}

function writerOf(blueprint: Blueprint, writes: readonly string[]): string {
  const signatures = writes.map(
    path => `(path: ${JSON.stringify(path)}, value: ${typeOf(blueprint, path)}): Promise<void>`,
  )
  return `{ ${signatures.join('; ')} }`
}

function typeOf(blueprint: Blueprint, path: string): string {
  const type = typeAtPath(blueprint, path)
  return type ? typeText(blueprint, type) : 'string'
}

/** What is declared with `?` may be absent. */
function recordOf(blueprint: Blueprint, fields: readonly ActionFieldBlueprint[]): string {
  const members = fields.map(
    ({ name, type, values, optional }) =>
      `readonly ${JSON.stringify(name)}: ${values ? oneOf(values) : typeText(blueprint, type)}${optional ? ' | null' : ''}`,
  )
  return `{ ${members.join('; ')} }`
}

/** What values of a type are to an action: exact numbers, dates and durations are texts, instants are epoch ms. */
function typeText(blueprint: Blueprint, type: Type): string {
  switch (type.kind) {
    case 'enum':
      return oneOf(Object.keys(blueprint.enums[type.name]?.values ?? {}))
    case 'money':
      return 'Money'
    case 'int':
    case 'datetime':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'photo':
      return 'readonly string[]'
    case 'null':
      return 'null'
    case 'list':
    case 'set':
      return `readonly (${typeText(blueprint, type.of)})[]`
    case 'map':
      return `Readonly<Record<string, ${typeText(blueprint, type.of)}>>`
    case 'ref':
      return rowText(blueprint, type.name) ?? 'string'
    default:
      return 'string'
  }
}

/** The rows of an entity without a key are written in place; others are named by their key, as customers by their id. */
function rowText(blueprint: Blueprint, name: string): string | undefined {
  const entity = blueprint.entities[name]
  if (!entity || entity.key !== null || Object.hasOwn(entity.fields, 'id')) return undefined
  const members = Object.entries(entity.fields)
    .filter(([, field]) => field.computed === undefined)
    .map(([field, { type }]) => `readonly ${JSON.stringify(field)}: ${fieldText(blueprint, type)} | null`)
  return `{ ${members.join('; ')} }`
}

/** Rows within rows are known by their key alone, so that a type ends. */
function fieldText(blueprint: Blueprint, type: Type): string {
  return type.kind === 'ref' ? 'string' : typeText(blueprint, type)
}

function oneOf(values: readonly string[]): string {
  return values.map(value => JSON.stringify(value)).join(' | ') || 'never'
}
