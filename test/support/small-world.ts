import fc from 'fast-check'
import type { Blueprint } from '#core/blueprint'
import { formFacts, type FieldValues } from '#core/form'
import type { Changed, Place, World } from '#core/otherwise'
import { encodeValue, type JsonValue, type Value } from '#core/values'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'

/** A form of few fields with few values each, so that every single change of it can be tried. */
export const declarations = `pack t "t" version 1
enum 级 ordered { 普通, 银卡, 金卡 }
enum 样 { 甲, 乙, 丙 }
form 单 {
  数: int in 0..12, 量: int in 0..6
  额: money in ¥0.00..¥0.12
  级: 级, 样: 样, 新: bool, 日: date, 时: time
  备: int in 0..3
  合: int = 数 + 2 * 量`

const hundredths = Array.from({ length: 13 }, (_, cents) => (cents / 100).toFixed(2))
const days = Array.from({ length: 14 }, (_, day) => `2026-03-${String(day + 1).padStart(2, '0')}`)
const times = ['00:00', '08:59', '09:00', '09:01', '11:59', '12:00', '12:01', '23:59']

/** All values of a field that the oracle tries, in order. */
export const domains: Readonly<Record<string, readonly JsonValue[]>> = {
  数: Array.from({ length: 13 }, (_, n) => n),
  量: Array.from({ length: 7 }, (_, n) => n),
  额: hundredths,
  级: ['普通', '银卡', '金卡'],
  样: ['甲', '乙', '丙'],
  新: [false, true],
  日: days,
  时: times,
  备: [0, 1, 2, 3],
}
/** Whose neighbouring values lie nearer than others. */
const ordered = new Set(['数', '量', '额', '级', '日', '时', '备'])

export const filled: fc.Arbitrary<FieldValues> = fc.record(
  Object.fromEntries(
    Object.entries(domains).map(([name, values]) => {
      const value = fc.constantFrom(...values)
      return [name, name === '备' ? fc.option(value) : value]
    }),
  ),
)

const sign = fc.constantFrom('<', '<=', '>', '>=', '=', '!=')
const among = (name: string) => fc.constantFrom(...domains[name]!)
const direct = fc.oneof(
  fc.tuple(sign, among('数')).map(([op, n]) => `数 ${op} ${n as number}`),
  fc.tuple(sign, among('额')).map(([op, n]) => `额 ${op} ¥${n as string}`),
  fc.tuple(sign, among('级')).map(([op, n]) => `级 ${op} ${n as string}`),
  fc.tuple(sign, among('日')).map(([op, n]) => `日 ${op} ${n as string}`),
  fc.tuple(sign, among('时')).map(([op, n]) => `时 ${op} ${n as string}`),
  fc.uniqueArray(among('样'), { minLength: 1, maxLength: 2 }).map(list => `样 in [${list.join(', ')}]`),
  fc.uniqueArray(among('数'), { minLength: 1, maxLength: 3 }).map(list => `数 in [${list.join(', ')}]`),
  fc.constantFrom('新', 'known(备)', '备 > 1'),
)
const reckoned = fc.oneof(
  fc.tuple(sign, fc.integer({ min: 0, max: 24 })).map(([op, n]) => `合 ${op} ${n}`),
  fc.tuple(sign, fc.integer({ min: -6, max: 12 })).map(([op, n]) => `数 - 量 ${op} ${n}`),
  fc
    .tuple(sign, fc.integer({ min: 0, max: 60 }))
    .map(([op, n]) => `额 * 量 ${op} ¥0.${String(n).padStart(2, '0')}`),
)

function conditionOf(atom: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ whole: string; pair: string }>(tie => ({
    whole: fc.oneof(
      { maxDepth: 3 },
      atom,
      atom.map(inner => `not (${inner})`),
      tie('pair'),
    ),
    pair: fc
      .tuple(tie('whole'), fc.constantFrom('and', 'or'), tie('whole'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
  })).whole
}

/** Conditions that compare fields with bounds; and such that reckon with them too. */
export const plainCondition = conditionOf(direct)
export const anyCondition = conditionOf(fc.oneof(direct, reckoned))

/** The blueprint of the form with more declared after it. Throws when it does not check. */
export function blueprintOf(inForm: string, after = ''): Blueprint {
  const text = `${declarations}\n${inForm}\n}\n${after}`
  const { blueprint, diagnostics } = checkPack({ 't.axle': text })
  // Why: rows and guards at random may hide one another, which a pack is refused for and is decided by all the same.
  const faults = diagnostics.filter(found => severityOf(found) === 'error' && !/^AX(41|50)/.test(found.code))
  if (faults.length > 0) throw new Error(`${JSON.stringify(faults)}\n${text}`)
  return blueprint
}

export function worldOf(blueprint: Blueprint, fields: FieldValues): World {
  const whole = { form: '单', fields, subject: null, customer: null }
  const around = { records: {}, settings: {} }
  const fresh = () => formFacts(blueprint, whole, around)
  return { blueprint, form: '单', zone: 'Asia/Shanghai', fresh }
}

/** The fields as somebody would have had to enter them; undefined when a change is of something computed. */
export function entered(fields: FieldValues, changes: readonly Changed<Place>[]): FieldValues | undefined {
  if (!changes.every(({ name }) => Object.hasOwn(domains, name.path[0]!))) return undefined
  return { ...fields, ...Object.fromEntries(changes.map(({ name, to }) => [name.path[0], encodeValue(to)])) }
}

/** Whether no value of the field nearer than the changed one decides otherwise too, each of them tried. */
export function isNearest(
  fields: FieldValues,
  { name, from, to }: Changed<Place> & { readonly from: Value },
  flips: (fields: FieldValues) => boolean,
): boolean {
  const field = name.path[0] as string
  const values = domains[field]!
  const place = (value: Value) => placeIn(values, encodeValue(value))
  if (from === null || !ordered.has(field)) return true
  const far = Math.abs(place(to) - place(from))
  return values.every(
    value => Math.abs(placeIn(values, value) - place(from)) >= far || !flips({ ...fields, [field]: value }),
  )
}

/** Where a value stands: a time in minutes, a date in days, an amount in cents, anything else by its turn. */
function placeIn(values: readonly JsonValue[], value: JsonValue): number {
  if (typeof value !== 'string') return Number(value)
  if (/^\d\d:\d\d$/.test(value)) return Number(value.slice(0, 2)) * 60 + Number(value.slice(3))
  if (/^\d{4}-/.test(value)) return Date.parse(value) / 86_400_000
  return /^-?\d/.test(value) ? Math.round(Number(value) * 100) : values.indexOf(value)
}
