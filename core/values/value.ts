import { compareDecimal, decimalOf, parseDecimal, printDecimal, type Decimal } from './decimal.ts'
import { parseDuration } from './duration.ts'
import { isDate, isTime } from './local.ts'
import type { Type } from './type.ts'

/**
 * A value while the engine works: int is a safe integer; decimal, percent and money are exact Decimals; enum, text, date
 * (ISO), time (HH:MM) and region (code) are strings; null is absent.
 */
export type Value = null | boolean | number | string | Decimal | RecordValue | readonly Value[]

/** A record with the fields an expression may read; `key` is null while it has none. */
export interface RecordValue {
  readonly entity: string
  readonly key: string | null
  readonly fields: Readonly<Record<string, Value>>
}

/** The same value as state, blueprint and wire carry it: exact numbers as decimal text. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

export function isDecimal(value: Value): value is Decimal {
  return typeof value === 'object' && value !== null && 'units' in value
}

export function isRecord(value: Value): value is RecordValue {
  return typeof value === 'object' && value !== null && 'entity' in value
}

/** Whether a record has a field of this name: its own, or one of those that all records of its kind share. */
export function hasField({ fields }: RecordValue, name: string): boolean {
  if (Object.hasOwn(fields, name)) return true
  const shared = Object.getPrototypeOf(fields) as object | null
  return shared !== null && shared !== Object.prototype && Object.hasOwn(shared, name)
}

/** The names of a record's fields that anyone may read. */
function fieldNames({ fields }: RecordValue): string[] {
  const shared = Object.getPrototypeOf(fields) as object | null
  return [...Object.keys(shared ?? {}), ...Object.keys(fields)]
}

/** Reads the JSON form of a value of `type`; undefined when it does not fit the type. */
export function decodeValue(json: JsonValue, type: Type): Value | undefined {
  if (json === null) return null
  if (type.kind === 'decimal' || type.kind === 'percent' || type.kind === 'money') {
    return typeof json === 'string' ? parseDecimal(json) : undefined
  }
  if (type.kind === 'int') return Number.isSafeInteger(json) ? (json as number) : undefined
  if (type.kind === 'bool') return typeof json === 'boolean' ? json : undefined
  if (type.kind === 'datetime') return typeof json === 'number' ? json : undefined
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'photo') {
    if (!Array.isArray(json)) return undefined
    const items = json.map(item => decodeValue(item as JsonValue, 'of' in type ? type.of : { kind: 'file' }))
    return items.includes(undefined) ? undefined : (items as Value[])
  }
  if (typeof json !== 'string') return undefined
  if (type.kind === 'date') return isDate(json) ? json : undefined
  if (type.kind === 'time') return isTime(json) ? json : undefined
  return type.kind !== 'duration' || parseDuration(json) ? json : undefined
}

export function encodeValue(value: Value): JsonValue {
  if (isDecimal(value)) return printDecimal(value)
  if (isRecord(value)) return value.key ?? encodeFields(value)
  return Array.isArray(value) ? value.map(encodeValue) : (value as JsonValue)
}

/** A record without a key of its own, such as a row of a list, is what its fields say. */
function encodeFields(record: RecordValue): JsonValue {
  return Object.fromEntries(fieldNames(record).map(name => [name, encodeValue(record.fields[name] ?? null)]))
}

/**
 * Orders two present values of one plain type, lists item by item; enums and regions have orders of their own. Inside of
 * lists, what is absent equals what is absent and comes last.
 */
export function compareValues(a: Value, b: Value): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a as readonly Value[], b as readonly Value[])
  if (isDecimal(a) && isDecimal(b)) return compareDecimal(a, b)
  if (isRecord(a) && isRecord(b)) return compareValues(a.key, b.key)
  return (a as string) < (b as string) ? -1 : a === b ? 0 : 1
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (const [at, item] of a.entries()) {
    if (at >= b.length) return 1
    const other = b[at]!
    const order =
      item === null || other === null
        ? Number(item === null) - Number(other === null)
        : compareMixed(item, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Whole and other numbers may stand side by side. */
export function compareMixed(a: Value, b: Value): number {
  return isDecimal(a) !== isDecimal(b) ? compareValues(asDecimal(a), asDecimal(b)) : compareValues(a, b)
}

/** A number of either kind as an exact decimal. */
export function asDecimal(value: Value): Decimal {
  return isDecimal(value) ? value : decimalOf(value as number)
}
