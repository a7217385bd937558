import type { Blueprint, Code, FieldBlueprint } from '#core/blueprint'
import { addDays, findRegion, parseDecimal, type JsonValue, type Type } from '#core/values'
import type { Draw } from '#core/wire'
import { pickIndex, type Random } from './random.ts'

/** What a drawn value may depend on. */
export interface DrawFrame {
  readonly blueprint: Blueprint
  readonly random: Random
  /** The local date. */
  readonly today: () => string
  /** Whose it is; references to customers mean them. */
  readonly customer: string | null
  /** What the ticket is about, by its key: what somebody scans on the spot. */
  readonly subject?: string | null
  /** The records there are, by entity. */
  readonly keys: (entity: string) => readonly string[]
}

type Field = Pick<FieldBlueprint, 'type' | 'min' | 'max' | 'size'>

/** Where somebody is whom nothing says where: a province of each part of the country. */
const PLACES = [
  '北京',
  '上海',
  '江苏',
  '浙江',
  '山东',
  '广东',
  '河南',
  '湖北',
  '四川',
  '辽宁',
  '陕西',
  '福建',
]
/** Rows of a list that nothing says more about. */
const ROWS = 2

/** A value for a field: as the traffic says, else something that fits its type. Null when there is none. */
export function drawField(frame: DrawFrame, field: Field, draw: Draw | undefined): JsonValue {
  if (!draw) return anything(frame, field)
  if (draw.none !== undefined && frame.random() < draw.none) return null
  if ('always' in draw) return settled(field.type, draw.always as JsonValue)
  if ('pick' in draw) {
    const names = Object.keys(draw.pick)
    const index = pickIndex(frame.random, Object.values(draw.pick))
    return index < 0 ? null : written(field.type, names[index]!)
  }
  if ('between' in draw) return between(frame, field.type, draw.between)
  const { count, fields } = draw.rows
  const rows = Number(drawField(frame, { type: { kind: 'int' } }, count))
  return Array.from({ length: rows }, () => rowOf(frame, field.type, fields))
}

/** Fields by name, those without a value left out. */
export function drawFields(
  frame: DrawFrame,
  declared: Readonly<Record<string, Field>>,
  draws: Readonly<Record<string, Draw>>,
): Record<string, JsonValue> {
  const drawn: Record<string, JsonValue> = {}
  for (const name of Object.keys(draws)) {
    const field = declared[name]
    const value = field ? drawField(frame, field, draws[name]) : null
    if (value !== null) drawn[name] = value
  }
  return drawn
}

function rowOf(frame: DrawFrame, type: Type, draws: Readonly<Record<string, Draw>>): JsonValue {
  const item = type.kind === 'list' ? type.of : type
  if (item.kind !== 'ref') return drawField(frame, { type: item }, Object.values(draws)[0])
  const fields = frame.blueprint.entities[item.name]?.fields ?? {}
  const values = Object.entries(fields).map(
    ([name, field]) => [name, drawField(frame, field, draws[name])] as const,
  )
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}

/** A value as the traffic file writes it: regions by their names. */
export function settled(type: Type, value: JsonValue): JsonValue {
  if (type.kind === 'region' && typeof value === 'string') return findRegion(value) ?? value
  return value
}

/** A value that stands as the name of an entry. */
export function written(type: Type, text: string): JsonValue {
  if (type.kind === 'int' || type.kind === 'datetime') return Number(text)
  if (type.kind === 'bool') return text === 'true'
  return settled(type, text)
}

function between(
  { random, today }: DrawFrame,
  type: Type,
  [from, to]: readonly [string | number, string | number],
): JsonValue {
  if (type.kind === 'date') {
    const days = Math.round((Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000)
    return addDays(Number.isNaN(days) ? today() : String(from), Math.floor(random() * ((days || 0) + 1)))
  }
  const [low, high] = [Number(from), Number(to)]
  if (type.kind === 'int') return low + Math.floor(random() * (high - low + 1))
  // Why steps: a text such as `12.34` of as many digits as the finer bound has.
  const scale = Math.max(...[from, to].map(bound => parseDecimal(String(bound))?.scale ?? 0))
  const steps = 10 ** scale
  const drawn = Math.round(low * steps) + Math.floor(random() * (Math.round((high - low) * steps) + 1))
  return (drawn / steps).toFixed(scale)
}

/** Something that fits a type; null where nothing can be made up (files of the outside, unknown records). */
function anything(frame: DrawFrame, field: Field): JsonValue {
  const { blueprint, random, today, customer, subject = null } = frame
  const { type } = field
  const [low, high] = [constantOf(field.min), constantOf(field.max)]
  const oneOf = (values: readonly string[]) => values[Math.floor(random() * values.length)] ?? null
  switch (type.kind) {
    case 'enum':
      return oneOf(Object.keys(blueprint.enums[type.name]?.values ?? {}))
    case 'ref':
      if (type.name === 'customer') return customer
      if (blueprint.library[type.name]) return oneOf(Object.keys(blueprint.library[type.name]!))
      return oneOf(frame.keys(type.name))
    case 'list':
      return Array.from({ length: Math.floor(random() * (ROWS + 1)) }, () => rowOf(frame, type, {}))
    case 'int':
      return between(frame, type, [Number(low ?? 1), Number(high ?? Number(low ?? 1) + 4)])
    case 'decimal':
    case 'money':
      return between(frame, type, [String(low ?? '10'), String(high ?? '500')])
    case 'percent':
      return String(low ?? '1')
    case 'bool':
      return random() < 0.5
    case 'text':
      return '…'
    case 'region':
      return findRegion(oneOf(PLACES)!)!
    case 'date':
      return today()
    case 'time':
      return '10:00'
    case 'duration':
      return '1d'
    case 'scan':
      return subject
    case 'photo':
      return Array.from({ length: field.size?.min ?? 1 }, (_, at) => `${at + 1}.jpg`)
    default:
      return null
  }
}

function constantOf(code: Code | undefined): JsonValue | undefined {
  return code?.op === 'const' ? code.value : undefined
}
