import type { Blueprint } from '#core/blueprint'
import { findRegion, regionName, regionWithin, type JsonValue, type Type } from '#core/values'
import { parse, type Declaration, type Expression } from '#dsl/syntax'
import {
  isList,
  isNumber,
  number,
  numberOf,
  reckon,
  rounded,
  run,
  type Seen,
  type World,
} from './reference-expression.ts'
import { referenceAnswer } from './reference-table.ts'
import { epochOf } from './reference-time.ts'

/**
 * Prices and splits as language.md has them, worked out from the text itself in exact fractions: an oracle that shares
 * nothing with the engines but the parser, and with the checker the types of names.
 */
export interface MoneyCase {
  readonly name: string
  readonly fields: Readonly<Record<string, JsonValue>>
  readonly subject: Readonly<Record<string, JsonValue>>
  readonly at?: number | undefined
  readonly base?: string
}

type Amounts = Readonly<Record<string, Seen>>
type Settle = Declaration & { kind: 'settle' }
type Price = Declaration & { kind: 'price' }
type Share = Settle['shares'][number]
type Step = Price['lines'][number]['steps'][number]

const zero = number(0n)
const plus = (a: Seen, b: Seen) => reckon('+', a, b)
const minus = (a: Seen, b: Seen) => reckon('-', a, b)
const isBelow = (a: Seen, b: Seen) => isNumber(a) && isNumber(b) && a.n * b.d < b.n * a.d

function declared<K extends Declaration['kind']>(
  text: string,
  kind: K,
  name: string,
): Declaration & { kind: K } {
  const found = parse(text).declarations.find(
    node => node.kind === kind && 'name' in node && node.name.text === name,
  )
  return found as Declaration & { kind: K }
}

/** What each leaf of a settlement's tree gets; parties whose condition does not hold are missing. */
export function referenceSplit(text: string, blueprint: Blueprint, test: MoneyCase): Amounts {
  const node = declared(text, 'settle', test.name)
  const world = worldOf(blueprint, test, blueprint.tickets[node.on.text.split('.')[0]!]!.form)
  const mode = `round_${node.rounding?.mode.text ?? 'down'}`
  const step = node.rounding ? run(node.rounding.step, world) : number(1n, 100n)
  const base = rounded(mode, numberOf(test.base!), step)
  const isNegative = isBelow(base, zero)
  const size = isNegative ? minus(zero, base) : base
  const amounts = new Map<string, Seen>()
  shareOut(node.shares, size, { world, mode, step, base: size, amounts })
  return Object.fromEntries(
    [...amounts].map(([party, amount]) => [party, isNegative ? minus(zero, amount) : amount]),
  )
}

interface Sharing {
  readonly world: World
  readonly mode: string
  readonly step: Seen
  readonly base: Seen
  readonly amounts: Map<string, Seen>
}

function shareOut(shares: readonly Share[], total: Seen, sharing: Sharing): void {
  const { world, step, amounts } = sharing
  const active = shares.filter(({ when }) => !when || run(when, world) === true)
  const given = new Map(active.map(share => [share, zero] as const))
  const exact = new Map<Share, Seen>()
  for (const share of active) {
    if (typeof share.share === 'string') continue
    exact.set(share, reckon('*', sharing.base, run(share.share, world)))
    const even = rounded(sharing.mode, exact.get(share)!, step)
    const cap = share.cap && run(share.cap, world)
    given.set(share, cap && isBelow(cap, even) ? cap : even)
  }
  const takers = active.filter(({ share }) => typeof share === 'string')
  let left = minus(total, [...given.values()].reduce(plus, zero))
  const hand = (share: Share, amount: Seen) => {
    given.set(share, plus(given.get(share)!, amount))
    left = minus(left, amount)
  }
  const want = (share: Share) => minus(exact.get(share)!, given.get(share)!)
  const back = minus(zero, step)
  // A step at a time to whom most is owed, or from whom has most too much; every party once.
  const waiting = [...exact.keys()]
  const isShort = () => isBelow(left, zero) || (takers.length === 0 && isBelow(zero, left))
  while (isShort() && waiting.length > 0) {
    const isBack = isBelow(left, zero)
    const next = waiting.reduce((a, b) =>
      (isBack ? isBelow(want(b), want(a)) : isBelow(want(a), want(b))) ? b : a,
    )
    waiting.splice(waiting.indexOf(next), 1)
    hand(next, isBack ? back : step)
  }
  // Whoever takes what is left takes equal parts, the first ones the odd steps.
  const parts = takers.map(() =>
    rounded('round_down', reckon('/', left, number(BigInt(takers.length))), step),
  )
  parts.forEach((part, at) => hand(takers[at]!, part))
  for (const taker of takers) if (isBelow(zero, left)) hand(taker, step)
  for (const share of active)
    if (share.shares.length > 0) shareOut(share.shares, given.get(share)!, sharing)
    else amounts.set(share.party.text, given.get(share)!)
}

/** A price's total and lines, those of a list's rows added up; undefined where a value is missing. */
export function referencePrice(text: string, blueprint: Blueprint, test: MoneyCase): Amounts | undefined {
  const node = declared(text, 'price', test.name)
  const world = worldOf(blueprint, test, node.form.text)
  const lines = new Map<string, Seen>()
  for (const line of node.lines) {
    const overlays = overlaysOf(text, `${test.name}.${line.name.text}`, { world, test })
    const rows = line.per ? world.facts[line.per.text]! : [null]
    for (const row of isList(rows) ? rows : []) {
      const inRow =
        row === null ? world : { ...world, facts: { ...world.facts, ...(row as { fields: Amounts }).fields } }
      if (line.when && run(line.when, inRow) !== true) continue
      const amount = stepped([...line.steps, ...overlays], inRow)
      if (amount === undefined) return undefined
      const { rounding } = line
      const even = rounding
        ? rounded(`round_${rounding.mode.text}`, amount, run(rounding.step, world))
        : amount
      lines.set(line.name.text, plus(lines.get(line.name.text) ?? zero, even))
    }
  }
  const total = [...lines.values()].reduce(plus, zero)
  return { ...Object.fromEntries(lines), [node.total!.text]: total }
}

function stepped(steps: readonly Step[], world: World): Seen | undefined {
  let amount: Seen = zero
  for (const { kind, value, when } of steps) {
    if (when && run(when, world) !== true) continue
    const next = run(value, world)
    if (!isNumber(next)) return undefined
    if (kind === 'base') amount = next
    else if (kind === 'times') amount = reckon('*', amount, next)
    else if (kind === 'plus') amount = plus(amount, next)
    else if (isBelow(next, amount)) amount = next
  }
  return amount
}

/** The steps of overlays on a line that hold at the moment and the place; nobody's moment is no moment. */
function overlaysOf(text: string, on: string, { world, test }: { world: World; test: MoneyCase }): Step[] {
  const { at } = test
  if (at === undefined) return []
  const nodes = parse(text).declarations.filter(node => node.kind === 'overlay')
  return nodes.flatMap(node => {
    const { from, to, regions } = node.window!
    const instant = ({ date, time }: typeof from) => epochOf(`${date} ${time.padStart(5, '0')}`)
    const place = typeof test.subject.region === 'string' ? regionName(test.subject.region) : undefined
    const isHere =
      regions.length === 0 ||
      (place !== undefined && regions.some(region => world.within(place, nameOf(region))))
    return node.on.text === on && instant(from) <= at && at < instant(to) && isHere ? [...node.steps] : []
  })
}

function nameOf(expression: Expression): string {
  return expression.kind === 'name' ? expression.name : ''
}

function worldOf(blueprint: Blueprint, { fields, subject }: MoneyCase, form: string): World {
  const { fields: declared, subject: entity } = blueprint.forms[form]!
  const read = (json: JsonValue | undefined, type: Type) => seenOf(blueprint, json ?? null, type)
  const defaults = Object.entries(declared).map(([name, { type, default: code }]) => {
    const json = fields[name] ?? (code?.op === 'const' ? code.value : null)
    return [name, read(json, type)] as const
  })
  const record = entity === null ? {} : { [entity]: read(subject, { kind: 'ref', name: entity }) }
  const seen: World = {
    facts: { ...Object.fromEntries(defaults), ...record },
    orders: Object.values(blueprint.enums).map(({ values }) => Object.keys(values)),
    within: (place, region) => regionWithin(findRegion(place)!, findRegion(region)!),
    isRegion: name => findRegion(name) !== undefined,
    table: (name, inputs) => tableAnswer(blueprint, name, inputs),
  }
  return seen
}

function tableAnswer(blueprint: Blueprint, name: string, inputs: readonly Seen[]): Seen | undefined {
  const table = blueprint.tables[name]
  if (!table) return undefined
  const given = Object.fromEntries(
    table.inputs.map(({ name: column, type }, at) => [column, jsonOf(inputs[at]!, type)]),
  )
  const answer = referenceAnswer(blueprint, table, given)
  return {
    t: 'row',
    fields: Object.fromEntries(
      table.outputs.map(({ name: column, type }) => [
        column,
        seenOf(blueprint, answer[column] ?? null, type),
      ]),
    ),
  }
}

/** A value in the form blueprints carry, as the reference sees it; a record's key reads its row of the library. */
function seenOf(blueprint: Blueprint, json: JsonValue, type: Type): Seen {
  if (json === null) return null
  if (typeof json === 'boolean') return json
  if (Array.isArray(json))
    return json.map(item => seenOf(blueprint, item as JsonValue, (type as { of: Type }).of))
  if (type.kind === 'ref') {
    const row =
      typeof json === 'string'
        ? (blueprint.library[type.name]?.[json] ?? {})
        : (json as Record<string, JsonValue>)
    const { fields } = blueprint.entities[type.name]!
    const entries = Object.entries(fields).map(
      ([name, { type: of, default: code }]) =>
        [name, seenOf(blueprint, row[name] ?? (code?.op === 'const' ? code.value : null), of)] as const,
    )
    return { t: 'row', fields: Object.fromEntries(entries) }
  }
  if (['int', 'decimal', 'percent', 'money'].includes(type.kind)) return numberOf(String(json))
  const text = String(json)
  if (type.kind === 'region') return { t: 'name', s: regionName(text) }
  if (type.kind === 'enum') return { t: 'name', s: text }
  return { t: type.kind as 'text', s: text }
}

/** And back, for a table's inputs: fractions that end, as decimals. */
function jsonOf(seen: Seen, type: Type): JsonValue {
  if (seen === null || typeof seen === 'boolean') return seen
  if (isNumber(seen)) {
    const units = (seen.n * 10n ** 12n) / seen.d
    const digits = String(units < 0n ? -units : units).padStart(13, '0')
    const text = `${units < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`
    return type.kind === 'int' ? Number(seen.n / seen.d) : text
  }
  const text = 's' in seen ? seen.s : ''
  return type.kind === 'region' ? findRegion(text)! : text
}
