import type { Blueprint } from '#core/blueprint'
import {
  decimalOf,
  isCurrency,
  isDecimal,
  isRecord,
  localDate,
  localTime,
  multiplyDecimal,
  printDecimal,
  printMoney,
  regionName,
  type Decimal,
  type Type,
  type Value,
} from '#core/values'
import type { Change } from './search.ts'
import { fieldAt, NOW, valueAt, type Path, type Place, type World } from './world.ts'

/** A sentence in the two languages of the product. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** "若 补偿金额 ≤ ¥200、等级 = VIP" and "with Compensation ≤ ¥200 and Member tier = VIP", for a sentence to go on from. */
export function changesWords(world: World, changes: readonly Change<Place>[]): Words {
  return supposed(changes.map(change => changeWords(world, change)))
}

/** Several suppositions as the beginning of one sentence. */
export function supposed(parts: readonly Words[]): Words {
  return {
    zh: `若${parts.map(({ zh }) => zh).join('、')}`,
    en: `if ${parts.map(({ en }) => en).join(' and ')}`,
  }
}

/** How a change says how far it reaches. */
export const signs = { exactly: '=', atLeast: '≥', atMost: '≤' } as const

/** One change, for a domain that words the others itself. */
export function changeWords(world: World, change: Change<Place>): Words {
  const { from, to, reach } = change
  const { path, type } = change.name
  if (path[0] === NOW) return timeWords(world, to as number, reach)
  const open = /^open\((.+)\)$/.exec(String(path.at(-1)))
  if (open) return openWords(world.blueprint, open[1]!, to === true)
  const { zh, en } = pathWords(world, path)
  if (to === null) return { zh: `没有${zh}`, en: `${en} is absent` }
  if (from === null && to === '…') return { zh: `有${zh}`, en: `${en} is given` }
  const value = valueWords(world, type, to)
  if (typeof to === 'boolean') return { zh: `${zh}为${value.zh}`, en: `${en} is ${value.en}` }
  const sign = signs[reach]
  return { zh: `${zh} ${sign} ${value.zh}`, en: `${en} ${sign} ${value.en}` }
}

function timeWords({ zone }: World, at: number, reach: Change<Place>['reach']): Words {
  const moment = `${localDate(at, zone)} ${localTime(at, zone)}`
  const zh = { exactly: '', atLeast: '或以后', atMost: '或以前' }[reach]
  const en = { exactly: 'at', atLeast: 'from', atMost: 'until' }[reach]
  return { zh: `时间是 ${moment}${zh}`, en: `it is ${en} ${moment}` }
}

function openWords(blueprint: Blueprint, kind: string, isOpen: boolean): Words {
  const { zh, en } = nameWords(blueprint, kind, blueprint.tickets[kind]?.label ?? kind)
  return isOpen
    ? { zh: `有未结束的「${zh}」`, en: `a “${en}” is open` }
    : { zh: `没有未结束的「${zh}」`, en: `no “${en}” is open` }
}

/** A value as people read it: money with its sign, enum values and regions by their labels. */
export function valueWords(
  { blueprint, zone }: Pick<World, 'blueprint' | 'zone'>,
  type: Type,
  value: Value,
): Words {
  const same = (text: string): Words => ({ zh: text, en: text })
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (isDecimal(value)) return same(decimalText(blueprint, type, value))
  if (typeof value === 'number')
    return same(
      type.kind === 'datetime' ? `${localDate(value, zone)} ${localTime(value, zone)}` : String(value),
    )
  if (typeof value !== 'string') return same(isRecord(value) ? (value.key ?? '') : '-')
  if (type.kind === 'enum') {
    const label = blueprint.enums[type.name]?.values[value] ?? value
    return nameWords(blueprint, `${type.name}.${value}`, label)
  }
  return same(type.kind === 'region' ? regionName(value) : value)
}

function decimalText({ pack }: Blueprint, { kind }: Type, value: Decimal): string {
  if (kind === 'percent') return `${plain(printDecimal(multiplyDecimal(value, hundred)))}%`
  if (kind === 'money' && isCurrency(pack.currency)) return printMoney(value, pack.currency)
  return plain(printDecimal(value))
}

const hundred = decimalOf(100)

/** Without the zeros that exactness drags along. */
function plain(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** What an input is called: the labels along its path, rows of lists counted from 1. */
function pathWords(world: World, path: Path): Words {
  const parts = path.map((name, depth) => partWords(world, path.slice(0, depth + 1), name))
  return {
    zh: parts.map(({ zh }) => zh).join('的'),
    en: parts.map(({ en }) => en).join(', '),
  }
}

function partWords(world: World, path: Path, name: string | number): Words {
  const { blueprint, form } = world
  if (typeof name === 'number') return { zh: `第 ${name + 1} 行`, en: `row ${name + 1}` }
  const last = /^last\((.+)\)$/.exec(name)
  if (last) return { zh: `上次「${last[1]!}」`, en: `the last “${last[1]!}”` }
  const field = fieldAt(world, world.fresh(), path)
  const holder = path.length === 1 ? form : entityAt(world, path.slice(0, -1))
  const label = (field ?? blueprint.entities[name])?.label ?? name
  if (label === name && builtIn[name]) return builtIn[name]
  return nameWords(blueprint, field ? `${holder ?? ''}.${name}` : name, label)
}

/** What every pack has and names in English. */
const builtIn: Readonly<Record<string, Words>> = {
  customer: { zh: '客户', en: 'the customer' },
  staff: { zh: '员工', en: 'the member of staff' },
  store: { zh: '门店', en: 'the store' },
  name: { zh: '姓名', en: 'name' },
  region: { zh: '地区', en: 'region' },
  channel: { zh: '渠道', en: 'the channel' },
}

function entityAt(world: World, path: Path): string | null {
  const holder = valueAt(world.fresh(), path)
  return isRecord(holder) ? holder.entity : null
}

/** A name of the pack as each language reads it: the pack's labels first, its own words otherwise. */
export function nameWords({ labels }: Blueprint, qualified: string, own: string): Words {
  const zh = labels.zh?.[qualified] ?? own
  return { zh, en: labels.en?.[qualified] ?? zh }
}
