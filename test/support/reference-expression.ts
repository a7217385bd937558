import { parse, type Expression } from '#dsl/syntax'
import { moreLists, moreNumbers } from './reference-functions.ts'
import { compareSpans, dateFunctions, reckonTime } from './reference-time.ts'

/**
 * An interpreter of expressions written from the language's page alone, as an oracle: it walks the tree, knows no types ahead
 * of time, reckons in exact fractions and shares no code with the engine.
 */
export type Seen =
  | null
  | boolean
  | { readonly t: 'number'; readonly n: bigint; readonly d: bigint }
  | { readonly t: 'text' | 'date' | 'time' | 'datetime' | 'duration' | 'name'; readonly s: string }
  | { readonly t: 'row'; readonly fields: Readonly<Record<string, Seen>> }
  | readonly Seen[]

type Facts = Readonly<Record<string, Seen>>

export interface World {
  readonly facts: Facts
  /** Values of ordered enums, the lowest first. */
  readonly orders: readonly (readonly string[])[]
  /** Region to the regions it lies in, itself included. */
  readonly within: (place: string, region: string) => boolean
  /** Names that are places. */
  readonly isRegion: (name: string) => boolean
  /** What a table answers, by its outputs; undefined when there is no such table. */
  readonly table?: (name: string, inputs: readonly Seen[]) => Seen | undefined
}

export function interpret(written: string, world: World): Seen {
  const [node] = parse(`segment 求值 = ${written}`).declarations
  if (node?.kind !== 'segment') throw new Error(`not an expression: ${written}`)
  return run(node.condition, world)
}

export function number(n: bigint, d = 1n): Seen {
  if (d === 0n) return null
  const sign = d < 0n ? -1n : 1n
  const common = gcd(n < 0n ? -n : n, d < 0n ? -d : d) || 1n
  return { t: 'number', n: (n / common) * sign, d: (d / common) * sign }
}

export function numberOf(text: string): Seen {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return null
  const fraction = match[3] ?? ''
  const n = BigInt(match[2]! + fraction)
  return number(match[1] ? -n : n, 10n ** BigInt(fraction.length))
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}

export function run(e: Expression, world: World): Seen {
  switch (e.kind) {
    case 'literal':
      return literal(e.literal, e.image)
    case 'name':
      return e.name in world.facts ? world.facts[e.name]! : { t: 'name', s: e.name }
    case 'member': {
      const owner = run(e.object, world)
      return isRow(owner) ? (owner.fields[e.name.text] ?? null) : null
    }
    case 'unary': {
      const value = run(e.operand, world)
      if (e.operator === 'not') return value === false
      return isNumber(value) ? number(-value.n, value.d) : null
    }
    case 'if':
      return run(e.condition, world) === true ? run(e.then, world) : run(e.else, world)
    case 'list':
      return e.items.map(item => run(item, world))
    case 'binary':
      return binary(e, world)
    case 'call':
      return call(e, world)
    default:
      throw new Error(`no meaning for ${e.kind}`)
  }
}

function literal(kind: string, image: string): Seen {
  const digits = image.replace(/[¥￥,%]/g, '')
  if (kind === 'int' || kind === 'decimal' || kind === 'money') return numberOf(digits)
  if (kind === 'percent') {
    const value = numberOf(digits)
    return isNumber(value) ? number(value.n, value.d * 100n) : null
  }
  if (kind === 'bool') return image === 'true'
  if (kind === 'null') return null
  if (kind === 'text')
    return {
      t: 'text',
      s: image.slice(1, -1).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c)),
    }
  return { t: kind as 'date', s: kind === 'time' ? image.padStart(5, '0') : image.replace(/ (\d):/, ' 0$1:') }
}

function binary(e: Expression & { kind: 'binary' }, world: World): Seen {
  const { operator } = e
  if (operator === 'and') return run(e.left, world) === true && run(e.right, world) === true
  if (operator === 'or') return run(e.left, world) === true || run(e.right, world) === true
  const left = run(e.left, world)
  if (operator === 'in' && e.right.kind === 'binary' && e.right.operator.startsWith('..')) {
    const [from, to] = [run(e.right.left, world), run(e.right.right, world)]
    const below = e.right.operator === '..' ? '<=' : '<'
    return compare('>=', left, from, world) && compare(below, left, to, world)
  }
  const right = run(e.right, world)
  if (operator === 'in') return isList(right) && right.some(item => compare('=', left, item, world))
  if (operator === 'has') return isList(left) && left.some(item => compare('=', right, item, world))
  if (['=', '!=', '<', '<=', '>', '>='].includes(operator)) return compare(operator, left, right, world)
  return reckon(operator, left, right)
}

export function reckon(operator: string, a: Seen, b: Seen): Seen {
  if (a === null || b === null) return null
  if (isNumber(a) && isNumber(b)) {
    if (operator === '+') return number(a.n * b.d + b.n * a.d, a.d * b.d)
    if (operator === '-') return number(a.n * b.d - b.n * a.d, a.d * b.d)
    return operator === '*' ? number(a.n * b.n, a.d * b.d) : number(a.n * b.d, a.d * b.n)
  }
  if (is(a, 'text') && is(b, 'text')) return { t: 'text', s: a.s + b.s }
  const temporal = reckonTime(operator, a, b)
  if (temporal !== undefined) return temporal
  throw new Error(`no ${operator} of these`)
}

/** Comparisons with an absent value are false. */
export function compare(operator: string, a: Seen, b: Seen, world: World): boolean {
  if (a === null || b === null) return false
  if (is(b, 'name') && world.isRegion(b.s)) {
    const inside = world.within((a as { s: string }).s, b.s)
    return operator === '!=' ? !inside : inside
  }
  if (isList(a) && isList(b)) return (operator === '=') === sameLists(a, b, world)
  const order = orderOf(a, b, world)
  if (order === undefined) return false
  if (operator === '=') return order === 0
  if (operator === '!=') return order !== 0
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

export function orderOf(a: Seen, b: Seen, world: World): number | undefined {
  if (isNumber(a) && isNumber(b)) {
    const difference = a.n * b.d - b.n * a.d
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  if (is(a, 'duration') && is(b, 'duration')) return compareSpans(a.s, b.s)
  if (is(a, 'name') && is(b, 'name')) {
    const order = world.orders.find(names => names.includes(a.s) && names.includes(b.s))
    if (order) return order.indexOf(a.s) - order.indexOf(b.s)
  }
  if (typeof a === 'boolean') return a === b ? 0 : 1
  const [x, y] = [a as { s: string }, b as { s: string }]
  return x.s < y.s ? -1 : x.s === y.s ? 0 : 1
}

/** Item by item; inside of a list what is absent is like what is absent. */
function sameLists(a: readonly Seen[], b: readonly Seen[], world: World): boolean {
  return (
    a.length === b.length &&
    a.every((item, at) =>
      item === null || b[at] === null ? item === b[at] : compare('=', item, b[at]!, world),
    )
  )
}

function call(e: Expression & { kind: 'call' }, world: World): Seen {
  const name = e.callee.kind === 'name' ? e.callee.name : ''
  const [only] = e.args
  if (name === 'known') return run(only!.value, world) !== null
  const folds = ['sum', 'count', 'min', 'max', 'median', 'mean']
  if (folds.includes(name) && e.args.length === 1) return fold(name, only!.value, world)
  const args = e.args.map(arg => run(arg.value, world))
  const answer = world.table?.(name, args)
  if (answer !== undefined) return answer
  if (name === 'any') return (args[0] as readonly Seen[]).includes(true)
  if (name === 'all') return (args[0] as readonly Seen[]).every(item => item === true)
  if (args.includes(null)) return ['contains', 'starts_with', 'ends_with'].includes(name) ? false : null
  if (name === 'min' || name === 'max') return extreme(name, args, world)
  const found = functions[name] ?? dateFunctions[name] ?? moreNumbers[name] ?? moreLists[name]
  if (!found) throw new Error(`no function ${name}`)
  return found(args, world)
}

/** Rows, those a condition takes, the field of each; absent values count for nothing. */
function fold(name: string, arg: Expression, world: World): Seen {
  const filter = arg.kind === 'binary' && arg.operator === 'where' ? arg : undefined
  const said = filter?.left ?? arg
  const owner = said.kind === 'member' ? run(said.object, world) : undefined
  const isProjection = said.kind === 'member' && isList(owner!)
  const rows = ((isProjection ? owner : run(said, world)) ?? []) as readonly Seen[]
  const inRow = (row: Seen) => (isRow(row) ? { ...world, facts: { ...world.facts, ...row.fields } } : world)
  const kept = rows.filter(row => !filter || run(filter.right, inRow(row)) === true)
  const values = kept
    .map(row => (isProjection ? (row as { fields: Record<string, Seen> }).fields[said.name.text]! : row))
    .filter(value => value !== null)
  if (name === 'count') return number(BigInt(values.length))
  if (name === 'sum') return total(values)
  if (values.length === 0) return null
  if (name === 'min' || name === 'max') return extreme(name, values, world)
  const sorted = values.toSorted((a, b) => orderOf(a, b, world)!)
  if (name === 'mean') return reckon('/', total(values), number(BigInt(values.length)))
  const middle = sorted.length / 2
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)]!
  return reckon('/', reckon('+', sorted[middle - 1]!, sorted[middle]!), number(2n))
}

/** Of none, the number 0. */
function total(values: readonly Seen[]): Seen {
  const [first = number(0n), ...rest] = values
  return rest.reduce<Seen>((sum, value) => reckon('+', sum, value), first)
}

function extreme(name: string, values: readonly Seen[], world: World): Seen {
  const beaten = (a: Seen, b: Seen) => compare(name === 'min' ? '<' : '>', b, a, world)
  const best = values.find(value => !values.some(other => beaten(value, other))) ?? null
  const isClear = values.every(value => orderOf(best, value, world) !== undefined)
  return isClear ? best : null
}

const int = (value: Seen) => Number((value as { n: bigint }).n)
const text = (value: Seen) => (value as { s: string }).s
const said = (s: string): Seen => ({ t: 'text', s })
const floor = (n: bigint, d: bigint) => (n >= 0n ? n / d : -((-n + d - 1n) / d))

/** The multiple of a step that is not above, or with -1 not below. */
function stepped(value: Seen, step: Seen = number(1n), sign: bigint): Seen {
  const count = reckon('/', value, step)
  if (!isNumber(count) || !isNumber(step) || step.n <= 0n) return null
  return reckon('*', number(sign * floor(sign * count.n, count.d)), step)
}

export function rounded(mode: string, value: Seen, step: Seen): Seen {
  const count = reckon('/', value, step)
  if (!isNumber(count) || !isNumber(step) || step.n <= 0n) return null
  const size = count.n < 0n ? -count.n : count.n
  const below = size / count.d
  const rest = size % count.d
  const half = rest * 2n - count.d
  const up =
    mode === 'round_up'
      ? rest > 0n
      : mode === 'round_down'
        ? false
        : half > 0n ||
          (half === 0n && mode !== 'round_half_down' && (mode === 'round_half_up' || below % 2n === 1n))
  const whole = (up ? below + 1n : below) * (count.n < 0n ? -1n : 1n)
  return reckon('*', number(whole), step)
}

export type Function = (args: readonly Seen[], world: World) => Seen

const texts: Readonly<Record<string, Function>> = {
  length: ([t]) => number(BigInt(Array.from(text(t!)).length)),
  upper: ([t]) => said(text(t!).toUpperCase()),
  lower: ([t]) => said(text(t!).toLowerCase()),
  trim: ([t]) => said(text(t!).replace(/^\s+|\s+$/g, '')),
  contains: ([t, part]) => text(t!).indexOf(text(part!)) >= 0,
  starts_with: ([t, part]) => text(t!).slice(0, text(part!).length) === text(part!),
  ends_with: ([t, part]) => text(part!) === '' || text(t!).slice(-text(part!).length) === text(part!),
  substring: ([t, from, length]) => {
    const all = Array.from(text(t!))
    const start = int(from!) < 0 ? all.length + int(from!) : int(from!) - 1
    if (start < 0 || start >= all.length) return null
    return said(
      all.filter((_, at) => at >= start && (length === undefined || at < start + int(length))).join(''),
    )
  },
  before: ([t, mark]) => said(text(t!).includes(text(mark!)) ? text(t!).split(text(mark!))[0]! : ''),
  after: ([t, mark]) => said(text(t!).split(text(mark!)).slice(1).join(text(mark!))),
  replace: ([t, part, by]) =>
    said(text(part!) === '' ? text(t!) : text(t!).replaceAll(text(part!), () => text(by!))),
  split: ([t, mark]) => (text(mark!) === '' ? Array.from(text(t!)) : text(t!).split(text(mark!))).map(said),
  join: ([list, mark]) => said((list as readonly Seen[]).map(text).join(text(mark!))),
  position: ([t, part]) => {
    const [all, wanted] = [Array.from(text(t!)), Array.from(text(part!))]
    const at = all.findIndex((_, from) => wanted.every((char, index) => all[from + index] === char))
    return wanted.length === 0 ? number(1n) : at < 0 ? null : number(BigInt(at + 1))
  },
  repeat: ([t, times]) =>
    int(times!) < 0 || Array.from(text(t!)).length * int(times!) > 100_000
      ? null
      : said(Array.from({ length: int(times!) }, () => text(t!)).join('')),
  number: ([t]) => numberOf(text(t!).trim()),
  text: ([value]) => {
    if (typeof value === 'boolean') return said(String(value))
    if (!isNumber(value!)) return said(text(value!))
    return said(decimalText(value!))
  },
}

function decimalText(value: Seen): string {
  let { n, d } = value as { n: bigint; d: bigint }
  let scale = 0
  while (n % d !== 0n) {
    n *= 10n
    scale++
  }
  const digits = String((n < 0n ? -n : n) / d).padStart(scale + 1, '0')
  const written = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return n < 0n ? `-${written}` : written
}

const once = (list: readonly Seen[], world: World) =>
  list.filter((item, at) => list.findIndex(other => compare('=', other, item, world)) === at)
const has = (list: readonly Seen[], item: Seen, world: World) =>
  list.some(other => compare('=', other, item, world))
type List = readonly Seen[]

const lists: Readonly<Record<string, Function>> = {
  first: ([list]) => (list as List)[0] ?? null,
  last: ([list]) => (list as List).slice(-1)[0] ?? null,
  at: ([list, place]) => {
    const all = list as List
    const index = int(place!) > 0 ? int(place!) - 1 : int(place!) < 0 ? all.length + int(place!) : -1
    return all[index] ?? null
  },
  reverse: ([list]) => [...(list as List)].reverse(),
  sort: ([list], world) => [...(list as List)].sort((a, b) => orderOf(a, b, world)!),
  distinct: ([list], world) => once(list as List, world),
  concat: ([a, b]) => [...(a as List), ...(b as List)],
  union: ([a, b], world) => once([...(a as List), ...(b as List)], world),
  intersect: ([a, b], world) =>
    once(
      (a as List).filter(item => has(b as List, item, world)),
      world,
    ),
  except: ([a, b], world) =>
    once(
      (a as List).filter(item => !has(b as List, item, world)),
      world,
    ),
}

const functions: Readonly<Record<string, Function>> = {
  ...texts,
  ...lists,
  abs: ([a]) => {
    const { n, d } = a as { n: bigint; d: bigint }
    return number(n < 0n ? -n : n, d)
  },
  floor: ([a, step]) => stepped(a!, step, 1n),
  ceil: ([a, step]) => stepped(a!, step, -1n),
  mod: ([a, b]) => {
    const times = reckon('/', a!, b!)
    if (!isNumber(times)) return null
    return reckon('-', a!, reckon('*', number(floor(times.n, times.d)), b!))
  },
  ...Object.fromEntries(
    ['round_half_up', 'round_half_down', 'round_half_even', 'round_down', 'round_up'].map(mode => [
      mode,
      ([a, step]: readonly Seen[]) => rounded(mode, a!, step!),
    ]),
  ),
}

export function isNumber(value: Seen): value is { t: 'number'; n: bigint; d: bigint } {
  return is(value, 'number')
}

function isRow(value: Seen): value is { t: 'row'; fields: Record<string, Seen> } {
  return is(value, 'row')
}

export function isList(value: Seen): value is readonly Seen[] {
  return Array.isArray(value)
}

export function is<T extends string>(value: Seen, t: T): value is Seen & { t: T; s: string } {
  return typeof value === 'object' && value !== null && 't' in value && value.t === t
}
