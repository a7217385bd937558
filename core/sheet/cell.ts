import type { Blueprint } from '#core/blueprint'
import { fitsScalar } from '#core/form'
import {
  findRegion,
  instantOf,
  isDate,
  localDate,
  localTime,
  multiplyDecimal,
  parseDecimal,
  printDecimal,
  regionPath,
  type JsonValue,
  type Type,
} from '#core/values'

/** Kinds of which a value stands in one cell. */
const scalars: ReadonlySet<string> = new Set([
  ...(['text', 'scan', 'int', 'decimal', 'percent', 'money', 'bool', 'date', 'time', 'datetime'] as const),
  ...(['duration', 'region', 'enum', 'ref'] as const),
])

/** Whether a value of the type, or a list of such, can stand in a cell. */
export function fitsSheet(type: Type): boolean {
  return (
    scalars.has(type.kind) || ((type.kind === 'list' || type.kind === 'set') && scalars.has(type.of.kind))
  )
}

/**
 * Reads what people write in a cell of a spreadsheet: amounts with `¥` and commas, `15%`, dates as `2026/3/1` or
 * `2026年3月1日`, 是 and 否, values of an enum by name or label, regions by name. Null of an empty cell, undefined of what is no
 * value of the type. Times without a zone are those of the pack's.
 */
export function readCell(blueprint: Blueprint, type: Type, text: string): JsonValue | undefined {
  if (text === '') return null
  if (type.kind === 'list' || type.kind === 'set') {
    const items = text.split(/[、;；|]/).map(item => readCell(blueprint, type.of, item.trim()))
    return items.includes(undefined) || items.includes(null) ? undefined : (items as JsonValue[])
  }
  const value = written(blueprint, type, text.normalize('NFKC').trim(), text)
  return value !== undefined && fitsScalar(blueprint, type, value) ? value : undefined
}

function written(blueprint: Blueprint, type: Type, plain: string, text: string): JsonValue | undefined {
  switch (type.kind) {
    case 'int':
      return /^[+-]?\d{1,16}$/.test(digits(plain)) ? Number(digits(plain)) : undefined
    case 'decimal':
      return digits(plain)
    case 'money':
      return digits(plain.replace(/^(?:¥|CNY|RMB)\s*|\s*元$/g, ''))
    case 'percent':
      return percent(plain)
    case 'bool':
      return truth(plain.toLowerCase())
    case 'date':
      return date(plain)
    case 'time':
      return time(plain)
    case 'datetime':
      return instant(plain, blueprint.pack.zone)
    case 'region':
      return findRegion(plain.replace(/[\s/、-]+/g, '.'))
    case 'enum':
      return valueNamed(blueprint, type.name, text)
    default:
      return text
  }
}

/** A number without its thousands commas. */
const digits = (plain: string) =>
  /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(/^\+/, '')

const hundredth = parseDecimal('0.01')!

function percent(plain: string): string | undefined {
  const [, shown] = /^(-?\d+(?:\.\d+)?)\s*%$/.exec(plain) ?? []
  return shown === undefined ? plain : printDecimal(multiplyDecimal(parseDecimal(shown)!, hundredth))
}

const truths: Readonly<Record<string, boolean>> = {
  ...{ 是: true, 有: true, 对: true, '√': true, yes: true, y: true, true: true, '1': true },
  ...{ 否: false, 无: false, 错: false, '×': false, no: false, n: false, false: false, '0': false },
}
const truth = (plain: string) => (Object.hasOwn(truths, plain) ? truths[plain] : undefined)

const pad = (text: string) => text.padStart(2, '0')

function date(plain: string): string | undefined {
  const [, year, month, day] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain) ?? []
  if (year === undefined) return undefined
  const found = `${year}-${pad(month!)}-${pad(day!)}`
  return isDate(found) ? found : undefined
}

function time(plain: string): string | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d\d)(?::00)?$/.exec(plain) ?? []
  return hour === undefined ? undefined : `${pad(hour)}:${minute}`
}

function instant(plain: string, zone: string): number | undefined {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(plain)) {
    const at = Date.parse(plain)
    return Number.isNaN(at) ? undefined : at
  }
  const [, day, clock] = /^(\S+)(?:[T\s]+(\S+))?$/.exec(plain) ?? []
  const at = [date(day ?? ''), time(clock ?? '00:00')]
  return at.includes(undefined) ? undefined : instantOf(at.join(' '), zone)
}

function valueNamed({ enums }: Blueprint, name: string, text: string): string | undefined {
  const { values } = enums[name]!
  if (Object.hasOwn(values, text)) return text
  return Object.entries(values).find(([, label]) => label === text)?.[0]
}

/** What may stand in a cell of a type: all of it, or something like it. */
export interface Fitting {
  readonly fits?: string
  readonly like?: string
}

/** All that may stand in a cell where it can be listed, else an example. */
export function fitting(blueprint: Blueprint, type: Type): Fitting {
  if (type.kind === 'list' || type.kind === 'set') return fitting(blueprint, type.of)
  if (type.kind === 'bool') return { fits: '是、否' }
  const like = examples[type.kind]
  if (type.kind !== 'enum') return like === undefined ? {} : { like }
  const values = Object.entries(blueprint.enums[type.name]!.values)
  return { fits: values.map(([name, label]) => (name === label ? name : `${name}（${label}）`)).join('、') }
}

const examples: Readonly<Record<string, string>> = {
  ...{ int: '12', decimal: '1.5', percent: '15%', money: '80.50', date: '2026-03-01' },
  ...{ time: '09:00', datetime: '2026-03-01 09:00', duration: '2h', region: '上海、浙江 杭州' },
}

/** A value as a cell shows it, which `readCell` reads as the same. */
export function printCell(blueprint: Blueprint, type: Type, json: JsonValue): string {
  if (json === null) return ''
  if (Array.isArray(json))
    return json.map(item => printCell(blueprint, 'of' in type ? type.of : type, item as JsonValue)).join('、')
  switch (type.kind) {
    case 'bool':
      return json === true ? '是' : '否'
    case 'region':
      return regionCell(String(json))
    case 'datetime':
      return `${localDate(json as number, blueprint.pack.zone)} ${localTime(json as number, blueprint.pack.zone)}`
    default:
      return typeof json === 'object' ? JSON.stringify(json) : String(json)
  }
}

/** A region by its name where that is enough to find it, else with what it lies in, else by its code. */
function regionCell(code: string): string {
  const path = regionPath(code)
  const names = [path.split(' ').at(-1)!, path]
  return names.find(name => findRegion(name.replaceAll(' ', '.')) === code) ?? code
}
