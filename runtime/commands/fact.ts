import type { Blueprint } from '#core/blueprint'
import { readRecord } from '#core/form'
import { evaluate } from '#core/table'
import {
  asDecimal,
  decodeValue,
  isRegion,
  localDate,
  localTime,
  parseDecimal,
  printDecimal,
  printType,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { checkConstant, checkExpression } from '#dsl'

/** The pack in whose names facts are read. */
export interface FactPack {
  readonly texts: Readonly<Record<string, string>>
  readonly blueprint: Blueprint
}

/** A fact with its type. */
export interface Fact {
  readonly type: Type
  readonly value: Value
}

/** Kinds whose values are written as they are, without quotes. */
const verbatim: ReadonlySet<string> = new Set(['text', 'ref', 'file', 'signature', 'scan', 'location'])

/**
 * A value of a known type as people type it, `金额=¥300`: what a cell of the language holds, a text without its quotes, a
 * plain number for an amount or a share, a region's name or code; `-` and `null` are the absent one. Undefined for what is
 * none.
 */
export function readFact(pack: FactPack, text: string, type: Type): Value | undefined {
  const json = factJson(pack, text, type)
  return json === undefined ? undefined : decodeValue(json, type)
}

function factJson(pack: FactPack, text: string, type: Type): JsonValue | undefined {
  const written = text.trim()
  if (written === '-' || written === 'null') return null
  const isQuoted = /^["“＂].*["”＂]$/s.test(written)
  if (verbatim.has(type.kind) && !isQuoted) return text
  if (written === '') return null
  if (type.kind === 'region' && isRegion(written)) return written
  const number = parseDecimal(written)
  if (number && (type.kind === 'money' || type.kind === 'percent')) return printDecimal(number)
  if (type.kind === 'datetime') return instantJson(pack, written)
  return checkConstant(pack.texts, { blueprint: pack.blueprint, written, type }).value
}

/** `2026-03-01 10:00`, also with a `T` between as other systems write it, or epoch milliseconds. */
function instantJson({ texts, blueprint }: FactPack, written: string): JsonValue | undefined {
  if (/^\d{9,15}$/.test(written)) return Number(written)
  const spaced = written.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?$/, '$1 $2')
  return checkConstant(texts, { blueprint, written: spaced, type: { kind: 'datetime' } }).value
}

/** A JSON value of a known type; texts are read as `readFact` does, objects are records with the fields of their entity. */
export function factOfType(pack: FactPack, json: unknown, type: Type): Value | undefined {
  const read = inForm(pack, json, type)
  if (read === undefined) return undefined
  const holds =
    type.kind === 'ref' ? type.name : 'of' in type && type.of.kind === 'ref' ? type.of.name : undefined
  if (holds === undefined) return decodeValue(read, type)
  const record = (each: JsonValue): Value =>
    each === null
      ? null
      : typeof each === 'string'
        ? readRecord(pack.blueprint, { records: {}, settings: {} }, { entity: holds, key: each })
        : inline(pack, holds, each as Readonly<Record<string, JsonValue>>)
  return Array.isArray(read) ? (read as JsonValue[]).map(record) : record(read)
}

function inline({ blueprint }: FactPack, entity: string, fields: Readonly<Record<string, JsonValue>>): Value {
  const key = '(fact)'
  const around = { records: { [entity]: { [key]: fields } }, settings: {} }
  return { ...readRecord(blueprint, around, { entity, key }), key: null }
}

/** A JSON value in the form blueprints carry; undefined when it does not fit. */
function inForm(pack: FactPack, json: unknown, type: Type): JsonValue | undefined {
  if (json === null) return null
  if (typeof json === 'string') return factJson(pack, json, type)
  if (typeof json === 'number') return verbatim.has(type.kind) ? undefined : factJson(pack, plain(json), type)
  if (typeof json === 'boolean') return type.kind === 'bool' ? json : undefined
  if (Array.isArray(json)) {
    const items = 'of' in type ? json.map(item => inForm(pack, item, type.of)) : [undefined]
    return items.includes(undefined) ? undefined : (items as JsonValue[])
  }
  if (type.kind !== 'ref') return undefined
  const fields = pack.blueprint.entities[type.name]?.fields ?? {}
  const entries = Object.entries(json as object).map(([name, value]) => {
    const field = fields[name]
    return [name, field && inForm(pack, value, field.type)] as const
  })
  return entries.some(([, value]) => value === undefined)
    ? undefined
    : (Object.fromEntries(entries) as JsonValue)
}

/** A JSON number without an exponent. */
function plain(number: number): string {
  return Number.isSafeInteger(number)
    ? String(number)
    : number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
}

/**
 * A JSON value whose type is not said: a text that reads as a literal, a value of an enum or a region (`"¥300"`, `"金卡"`,
 * `"上海"`) is that, any other is a text; an object is a record of the entity of its name, else of the only one that has all its fields;
 * `{ "type": "money", "value": null }` says the type. Undefined for what no fact can be.
 */
export function factOfJson(pack: FactPack, name: string, json: unknown): Fact | undefined {
  if (json === null) return { type: { kind: 'null' }, value: null }
  if (typeof json === 'boolean') return { type: { kind: 'bool' }, value: json }
  if (typeof json === 'number') return factOfJson(pack, name, plain(json))
  if (Array.isArray(json)) return factOfList(pack, name, json)
  if (typeof json === 'object') return factOfObject(pack, name, json as Readonly<Record<string, unknown>>)
  if (typeof json !== 'string') return undefined
  const { texts, blueprint } = pack
  const { code } = checkExpression(texts, { blueprint, written: json, names: new Map() })
  const isLiteral = code?.op === 'const' || (code?.op === 'apply' && code.fn === 'negate')
  if (isLiteral) return { type: code.type, value: evaluate(blueprint, code, {}) }
  return { type: { kind: 'text' }, value: json }
}

function factOfObject(
  pack: FactPack,
  name: string,
  json: Readonly<Record<string, unknown>>,
): Fact | undefined {
  const said = typeof json.type === 'string' && 'value' in json ? typeSaid(pack, json.type) : undefined
  const type = said ?? recordType(pack, name, [json])
  const value = type && factOfType(pack, said ? json.value : json, type)
  return type && value !== undefined ? { type, value } : undefined
}

function typeSaid({ blueprint }: FactPack, written: string): Type | undefined {
  const [, of] = /^list\((.+)\)$/.exec(written) ?? []
  const inner = of === undefined ? undefined : typeSaid({ blueprint, texts: {} }, of)
  if (inner) return { kind: 'list', of: inner }
  if (blueprint.enums[written]) return { kind: 'enum', name: written }
  if (blueprint.entities[written]) return { kind: 'ref', name: written }
  const scalar = [
    'text',
    'int',
    'decimal',
    'bool',
    'percent',
    'money',
    'date',
    'time',
    'datetime',
    'duration',
    'region',
  ] as const
  const kind = scalar.find(each => each === written)
  return kind && { kind }
}

function recordType({ blueprint }: FactPack, name: string, rows: readonly object[]): Type | undefined {
  if (blueprint.entities[name]) return { kind: 'ref', name }
  const keys = rows.flatMap(row => Object.keys(row))
  const fitting = Object.entries(blueprint.entities).filter(([, { fields }]) =>
    keys.every(key => Object.hasOwn(fields, key)),
  )
  return fitting.length === 1 ? { kind: 'ref', name: fitting[0]![0] } : undefined
}

function factOfList(pack: FactPack, name: string, json: readonly unknown[]): Fact | undefined {
  const isRows =
    json.length > 0 && json.every(item => typeof item === 'object' && item !== null && !Array.isArray(item))
  if (isRows) {
    const of = recordType(pack, name, json as object[])
    const value = of && factOfType(pack, json, { kind: 'list', of })
    return of && value !== undefined ? { type: { kind: 'list', of }, value } : undefined
  }
  const items = json.map(item => factOfJson(pack, name, item))
  if (items.includes(undefined)) return undefined
  const known = (items as Fact[]).filter(({ type }) => type.kind !== 'null')
  const isMixed = known.some(({ type }) => type.kind === 'decimal')
  const of: Type = isMixed ? { kind: 'decimal' } : (known[0]?.type ?? { kind: 'null' })
  const isOneKind = known.every(
    ({ type }) => printType(type) === printType(of) || (isMixed && type.kind === 'int'),
  )
  return isOneKind
    ? {
        type: { kind: 'list', of },
        value: (items as Fact[]).map(({ value }) =>
          isMixed && typeof value === 'number' ? asDecimal(value) : value,
        ),
      }
    : undefined
}

/** How a value of a type is written, for whoever wrote another. */
export function exampleOf({ blueprint }: FactPack, type: Type): string {
  if (type.kind === 'enum') return Object.keys(blueprint.enums[type.name]?.values ?? {}).join(' | ')
  const examples: Readonly<Record<string, string>> = {
    ...{ text: '文字', int: '12', decimal: '12.5', bool: 'true | false', percent: '12.5%', money: '¥300' },
    ...{ date: '2026-03-01', time: '09:30', datetime: '2026-03-01 09:30', duration: '2h', region: '上海' },
    ...{ list: '[1, 2]', set: '[1, 2]' },
  }
  return examples[type.kind] ?? printType(type)
}

/** A value as people read it: moments in the pack's zone, the rest as JSON. */
export function shown({ blueprint }: FactPack, json: JsonValue, type: Type): string {
  if (type.kind !== 'datetime' || typeof json !== 'number') return JSON.stringify(json)
  const { zone } = blueprint.pack
  return `${localDate(json, zone)} ${localTime(json, zone)}`
}

/** Reads a file of facts: one JSON object; undefined when it is none. */
export function readFacts(text: string): Readonly<Record<string, JsonValue>> | undefined {
  try {
    const json = JSON.parse(text) as unknown
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
    return isObject ? (json as Readonly<Record<string, JsonValue>>) : undefined
  } catch {
    // Why: what is no JSON is answered like JSON of another shape.
    return undefined
  }
}
