import { existsSync, readFileSync } from 'node:fs'
import Type from 'typebox'

/** JSON Schema in the parts that the schema of blueprints is made of. */
export interface Schema {
  readonly [keyword: string]: unknown
}

/** Where the types of a blueprint are written. */
const sources = ['blueprint/blueprint.ts', 'values/type.ts', 'values/value.ts', 'values/rounding.ts']

const sourceOf = (path: string) => new URL(`../../core/${path}`, import.meta.url)

/** Whether the types of a blueprint are here to be read. */
export const hasTypes = (): boolean => sources.every(path => existsSync(sourceOf(path)))

/**
 * The JSON Schema 2020-12 of a blueprint, read off its TypeScript types so that the two cannot differ. Every object is
 * closed: a blueprint with a name that this version does not know is of another version. Throws on a type it cannot read.
 */
export function blueprintSchema(): Schema {
  const types = sources.map(path => readFileSync(sourceOf(path), 'utf8')).flatMap(typesIn)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://axle.dev/blueprint-1.schema.json',
    title: 'Blueprint',
    $ref: '#/$defs/Blueprint',
    $defs: Object.fromEntries(types.map(readType)),
  }
}

/** The interfaces and type aliases of a module, without comments and `readonly`; a declaration ends where the next begins. */
function typesIn(module: string): string[] {
  const bare = module.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|\breadonly /gm, '')
  const parts = bare.split(/^(?=(?:export|import|function|const)\b)/m)
  return parts.filter(part => /^export (?:interface|type) /.test(part) && !/\bbigint\b|\bValue\b/.test(part))
}

/** Each type by itself, so that others stay references. */
function readType(text: string): [string, unknown] {
  const [, name = '', body = ''] = /^export (?:interface|type) (\w+) =?([\s\S]*)$/.exec(text) ?? []
  const schema = Type.Script(body.trim().replace(/^\|/, '')) as unknown
  // Why: the parser answers with `never` where it does not understand.
  if (/"not":\{\}|deferred/.test(JSON.stringify(schema))) throw new Error(`not read as a type: ${text}`)
  return [name, schemaOf(schema)]
}

/** Draft 2020-12 of what the parser of types yields: objects closed, tuples as prefixes. */
function schemaOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(schemaOf)
  if (typeof schema !== 'object' || schema === null) return schema
  const { patternProperties, items, additionalItems, $ref, ...rest } = schema as Schema
  const parts = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, schemaOf(part)]))
  if (typeof $ref === 'string') return { $ref: `#/$defs/${$ref}` }
  if (patternProperties)
    return { type: 'object', additionalProperties: schemaOf(Object.values(patternProperties)[0]) }
  if (Array.isArray(items))
    return { ...parts, prefixItems: schemaOf(items), items: false, minItems: items.length }
  if (items) return { ...parts, items: schemaOf(items) }
  return rest.properties ? { ...parts, additionalProperties: false } : parts
}
