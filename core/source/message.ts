import type { Blueprint, SourceBlueprint, SourceMapping } from '#core/blueprint'
import { fitsScalar, type FieldProblem, type FieldValues } from '#core/form'
import { amountOfFen, isDate, type JsonValue, type Type } from '#core/values'

/** What another system sends, in the form of Standard Webhooks: `data` is its own. */
export interface SourceMessage {
  readonly type: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly data: JsonValue
}

/** What a message means here. */
export interface Incoming {
  readonly entity: string
  readonly key: string
  readonly event: string
  readonly fields: FieldValues
}

/** Why a message means nothing: no mapping for its type, or fields that are missing or do not fit. */
export type MessageFault =
  | { readonly code: 'unmapped'; readonly type: string }
  | { readonly code: 'fields'; readonly fields: readonly FieldProblem[] }

/**
 * Reads a message by a source's mapping. Values are taken as they are meant: amounts as text, number or `{ fen, currency }`,
 * times as ISO 8601 with an offset, values of an enum by name or label, numbers also as text. What the message does not say
 * is left as it is known; `null` takes it away.
 */
export function readMessage(
  blueprint: Blueprint,
  source: SourceBlueprint,
  { type, data }: SourceMessage,
): Incoming | MessageFault {
  const mapping = source.mappings.find(({ says }) => says === type)
  if (!mapping) return { code: 'unmapped', type }
  const { entity, event } = mapping
  const problems: FieldProblem[] = []
  const fields: Record<string, JsonValue> = {}
  for (const [name, json] of said(mapping, data)) {
    const declared = blueprint.entities[entity]?.fields[name]
    const value = declared && !declared.computed ? readValue(blueprint, declared.type, json) : undefined
    if (value === undefined)
      problems.push({ field: name, problem: declared ? 'type' : 'unknown', detail: shown(json) })
    else fields[name] = value
  }
  const keyName = blueprint.entities[entity]?.key ?? 'id'
  const { [keyName]: key } = fields
  if ((typeof key !== 'string' || key === '') && problems.length === 0)
    problems.push({ field: keyName, problem: 'required', detail: null })
  if (problems.length > 0) return { code: 'fields', fields: problems }
  return { entity, key: key as string, event, fields }
}

/** What a message says of each field; fields of which it says nothing are left out. */
function said({ fields }: SourceMapping, data: JsonValue): [string, JsonValue][] {
  return Object.entries(fields).flatMap(([name, from]): [string, JsonValue][] => {
    const json = 'value' in from ? from.value : at(data, from.path)
    return json === undefined ? [] : [[name, json]]
  })
}

function at(data: JsonValue, path: readonly string[]): JsonValue | undefined {
  let here: unknown = data
  for (const name of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[name]
  }
  return here as JsonValue
}

function readValue(blueprint: Blueprint, type: Type, json: JsonValue): JsonValue | undefined {
  if (json === null) return null
  if (type.kind === 'list' || type.kind === 'set') {
    if (!Array.isArray(json)) return undefined
    const items = json.map(item => readValue(blueprint, type.of, item as JsonValue))
    return items.includes(undefined) ? undefined : (items as JsonValue[])
  }
  const value = asWritten(blueprint, type, json)
  return value !== undefined && fitsScalar(blueprint, type, value) ? value : undefined
}

/** The value in the form that records hold; undefined when it is of another kind. */
function asWritten(blueprint: Blueprint, type: Type, json: JsonValue): JsonValue | undefined {
  switch (type.kind) {
    case 'money':
      return amount(json, blueprint.pack.currency)
    case 'decimal':
    case 'percent':
      return typeof json === 'number' ? plain(json) : json
    case 'int':
      return typeof json === 'string' && /^-?\d{1,16}$/.test(json) ? Number(json) : json
    case 'datetime':
      return instant(json)
    case 'date':
      return typeof json === 'string' && isDate(json.slice(0, 10)) ? json.slice(0, 10) : undefined
    case 'enum':
      return valueNamed(blueprint, type.name, json)
    case 'bool':
      return json
    default:
      return typeof json === 'number' ? String(json) : json
  }
}

/** `"12.50"`, `12.5`, or what an action would say: `{ fen: 1250, currency: "CNY" }`. */
function amount(json: JsonValue, currency: string): JsonValue | undefined {
  if (typeof json === 'number') return plain(json)
  return typeof json === 'object' ? amountOfFen(json, currency) : json
}

/** A number as decimal text; one that JSON has to write with an exponent was never exact. */
function plain(number: number): JsonValue | undefined {
  const text = String(number)
  return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined
}

/** A time without an offset could be anybody’s. */
function instant(json: JsonValue): JsonValue | undefined {
  if (typeof json !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(json)) return undefined
  const at = Date.parse(json)
  return Number.isNaN(at) ? undefined : at
}

function valueNamed({ enums }: Blueprint, name: string, json: JsonValue): JsonValue | undefined {
  const values = enums[name]?.values ?? {}
  if (typeof json !== 'string' || Object.hasOwn(values, json)) return json
  return Object.entries(values).find(([, label]) => label === json)?.[0]
}

/** The start of what came, for whoever mends it. */
function shown(json: JsonValue): string {
  return JSON.stringify(json).slice(0, 80)
}
