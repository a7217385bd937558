import { parse, type Expression } from '#dsl/syntax'

/**
 * An interpreter of expressions written from the language's page alone, as an oracle: it walks the tree, knows no types ahead
 * of time, reckons in exact fractions and shares no code with the engine.
 */
export type Seen =
  | null
  | boolean
  | { readonly t: 'number'; readonly n: bigint; readonly d: bigint }
  | { readonly t: 'text' | 'date' | 'time' | 'duration' | 'name'; readonly s: string }
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

function run(e: Expression, world: World): Seen {
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
    return { t: 'text', s: image.slice(1, -1).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c)) }
  return { t: kind as 'date', s: kind === 'time' ? image.padStart(5, '0') : image }
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
  if (operator === 'has') return isList(left) && left.some(item => compare('=', item, right, world))
  if (['=', '!=', '<', '<=', '>', '>='].includes(operator)) return compare(operator, left, right, world)
  return reckon(operator, left, right)
}

function reckon(operator: string, a: Seen, b: Seen): Seen {
  if (a === null || b === null) return null
  if (isNumber(a) && isNumber(b)) {
    if (operator === '+') return number(a.n * b.d + b.n * a.d, a.d * b.d)
    if (operator === '-') return number(a.n * b.d - b.n * a.d, a.d * b.d)
    return operator === '*' ? number(a.n * b.n, a.d * b.d) : number(a.n * b.d, a.d * b.n)
  }
  if (is(a, 'text') && is(b, 'text')) return { t: 'text', s: a.s + b.s }
  if (is(a, 'date') && is(b, 'duration')) return moved(a.s, b.s, operator === '+' ? 1 : -1)
  throw new Error(`no ${operator} of these`)
}

/** Days and weeks go along the calendar; a month ends on its last day where the day is none. */
function moved(date: string, duration: string, sign: number): Seen {
  const [, count, unit] = /^(\d+)(\w+)$/.exec(duration)!
  const steps = Number(count) * sign
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  if (unit === 'mo') {
    const months = y * 12 + m - 1 + steps
    const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12]
    return dateOf(year, month + 1, Math.min(d, lastDay(year, month + 1)))
  }
  const at = new Date(Date.UTC(y, m - 1, d + steps * (unit === 'w' ? 7 : 1)))
  return dateOf(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function dateOf(year: number, month: number, day: number): Seen {
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null
  return {
    t: 'date',
    s: `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  }
}

/** Comparisons with an absent value are false. */
function compare(operator: string, a: Seen, b: Seen, world: World): boolean {
  if (a === null || b === null) return false
  if (is(b, 'name') && world.isRegion(b.s)) {
    const inside = world.within((a as { s: string }).s, b.s)
    return operator === '!=' ? !inside : inside
  }
  const order = orderOf(a, b, world)
  if (order === undefined) return false
  if (operator === '=') return order === 0
  if (operator === '!=') return order !== 0
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

function orderOf(a: Seen, b: Seen, world: World): number | undefined {
  if (isNumber(a) && isNumber(b)) {
    const difference = a.n * b.d - b.n * a.d
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  if (is(a, 'duration') && is(b, 'duration')) return durations(a.s, b.s)
  if (is(a, 'name') && is(b, 'name')) {
    const order = world.orders.find(names => names.includes(a.s) && names.includes(b.s))
    if (order) return order.indexOf(a.s) - order.indexOf(b.s)
  }
  if (typeof a === 'boolean') return a === b ? 0 : 1
  const [x, y] = [a as { s: string }, b as { s: string }]
  return x.s < y.s ? -1 : x.s === y.s ? 0 : 1
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 }

function durations(a: string, b: string): number | undefined {
  const [x, y] = [a, b].map(text => /^(\d+)(\w+)$/.exec(text)!)
  const [monthly, other] = [x![2] === 'mo', y![2] === 'mo']
  if (monthly !== other) return Number(x![1]) === 0 && Number(y![1]) === 0 ? 0 : undefined
  const length = (match: RegExpExecArray) => Number(match[1]) * (seconds[match[2]!] ?? 1)
  return Math.sign(length(x!) - length(y!))
}

function call(e: Expression & { kind: 'call' }, world: World): Seen {
  const name = e.callee.kind === 'name' ? e.callee.name : ''
  const [only] = e.args
  if (name === 'known') return run(only!.value, world) !== null
  const folds = ['sum', 'count', 'min', 'max', 'median', 'mean']
  if (folds.includes(name) && e.args.length === 1) return fold(name, only!.value, world)
  const args = e.args.map(arg => run(arg.value, world))
  if (name === 'any') return (args[0] as readonly Seen[]).includes(true)
  if (name === 'all') return (args[0] as readonly Seen[]).every(item => item === true)
  if (args.includes(null)) return ['contains', 'starts_with', 'ends_with'].includes(name) ? false : null
  if (name === 'min' || name === 'max') return extreme(name, args, world)
  const found = functions[name]
  if (!found) throw new Error(`no function ${name}`)
  return found(args, world)
}

/** Rows, those a condition takes, the field of each; absent values count for nothing. */
function fold(name: string, arg: Expression, world: World): Seen {
  const filter = arg.kind === 'binary' && arg.operator === 'where' ? arg : undefined
  const said = filter?.left ?? arg
  const owner = said.kind === 'member' ? run(said.object, world) : undefined
  const isProjection = said.kind === 'member' && isList(owner!)
  const rows = (isProjection ? owner : run(said, world)) as readonly Seen[]
  const inRow = (row: Seen) => (isRow(row) ? { ...world, facts: { ...world.facts, ...row.fields } } : world)
  const kept = rows.filter(row => !filter || run(filter.right, inRow(row)) === true)
  const values = kept
    .map(row => (isProjection ? (row as { fields: Record<string, Seen> }).fields[said.name.text]! : row))
    .filter(value => value !== null)
  if (name === 'count') return number(BigInt(values.length))
  if (name === 'sum') return values.reduce((total, value) => reckon('+', total, value), number(0n))
  if (values.length === 0) return null
  if (name === 'min' || name === 'max') return extreme(name, values, world)
  const sorted = values.toSorted((a, b) => orderOf(a, b, world)!)
  const total = values.reduce((sum, value) => reckon('+', sum, value), number(0n))
  if (name === 'mean') return reckon('/', total, number(BigInt(values.length)))
  const middle = sorted.length / 2
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)]!
  return reckon('/', reckon('+', sorted[middle - 1]!, sorted[middle]!), number(2n))
}

function extreme(name: string, values: readonly Seen[], world: World): Seen {
  const sorted = values.toSorted((a, b) => orderOf(a, b, world)!)
  return (name === 'min' ? sorted[0] : sorted.at(-1)) ?? null
}

const int = (value: Seen) => Number((value as { n: bigint }).n)
const text = (value: Seen) => (value as { s: string }).s
const said = (s: string): Seen => ({ t: 'text', s })
const floor = (n: bigint, d: bigint) => (n >= 0n ? n / d : -((-n + d - 1n) / d))

function rounded(mode: string, value: Seen, step: Seen): Seen {
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
        : half > 0n || (half === 0n && (mode === 'round_half_up' || below % 2n === 1n))
  const whole = (up ? below + 1n : below) * (count.n < 0n ? -1n : 1n)
  return reckon('*', number(whole), step)
}

type Function = (args: readonly Seen[], world: World) => Seen

const dates: Readonly<Record<string, Function>> = {
  year: ([d]) => number(BigInt(text(d!).slice(0, 4))),
  month: ([d]) => number(BigInt(text(d!).slice(5, 7))),
  day: ([d]) => number(BigInt(text(d!).slice(8))),
  /** Zeller's congruence, so that no calendar of the machine is asked. */
  weekday: ([d]) => {
    const [y, m, q] = text(d!).split('-').map(Number) as [number, number, number]
    const [year, month] = m < 3 ? [y - 1, m + 12] : [y, m]
    const k = year % 100
    const j = Math.floor(year / 100)
    const h = (q + Math.floor((13 * (month + 1)) / 5) + k + Math.floor(k / 4) + Math.floor(j / 4) + 5 * j) % 7
    return number(BigInt(((h + 5) % 7) + 1))
  },
  day_of_year: ([d]) => {
    const [y, m, day] = text(d!).split('-').map(Number) as [number, number, number]
    let days = day
    for (let month = 1; month < m; month++) days += lastDay(y, month)
    return number(BigInt(days))
  },
  date: ([y, m, d]) => dateOf(int(y!), int(m!), int(d!)),
  start_of_month: ([d]) => ({ t: 'date', s: `${text(d!).slice(0, 7)}-01` }),
  end_of_month: ([d]) => {
    const [y, m] = text(d!).split('-').map(Number) as [number, number]
    return dateOf(y, m, lastDay(y, m))
  },
  days_between: ([a, b]) => number(BigInt(dayNumber(text(b!)) - dayNumber(text(a!)))),
  months_between: ([a, b]) => {
    const [from, to] = [text(a!), text(b!)]
    const sign = to < from ? -1 : 1
    const [early, late] = sign < 0 ? [to, from] : [from, to]
    const [ey, em, ed] = early.split('-').map(Number) as [number, number, number]
    const [ly, lm, ld] = late.split('-').map(Number) as [number, number, number]
    const months = (ly - ey) * 12 + lm - em - (ld < ed ? 1 : 0)
    return number(BigInt(months * sign))
  },
  hour: ([t]) => number(BigInt(text(t!).slice(0, 2))),
  minute: ([t]) => number(BigInt(text(t!).slice(3))),
  time: ([h, m]) => {
    const [hour, minute] = [int(h!), int(m!)]
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return null
    return { t: 'time', s: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` }
  },
}

/** Days since the year 0 by counting leap years. */
function dayNumber(date: string): number {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  let days =
    d + (y - 1) * 365 + Math.floor((y - 1) / 4) - Math.floor((y - 1) / 100) + Math.floor((y - 1) / 400)
  for (let month = 1; month < m; month++) days += lastDay(y, month)
  return days
}

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
  ...dates,
  ...texts,
  ...lists,
  abs: ([a]) => {
    const { n, d } = a as { n: bigint; d: bigint }
    return number(n < 0n ? -n : n, d)
  },
  floor: ([a]) => {
    const { n, d } = a as { n: bigint; d: bigint }
    return number(floor(n, d))
  },
  ceil: ([a]) => {
    const { n, d } = a as { n: bigint; d: bigint }
    return number(-floor(-n, d))
  },
  mod: ([a, b]) => {
    const times = reckon('/', a!, b!)
    if (!isNumber(times)) return null
    return reckon('-', a!, reckon('*', number(floor(times.n, times.d)), b!))
  },
  ...Object.fromEntries(
    ['round_half_up', 'round_half_even', 'round_down', 'round_up'].map(mode => [
      mode,
      ([a, step]: readonly Seen[]) => rounded(mode, a!, step!),
    ]),
  ),
}

function isNumber(value: Seen): value is { t: 'number'; n: bigint; d: bigint } {
  return is(value, 'number')
}

function isRow(value: Seen): value is { t: 'row'; fields: Record<string, Seen> } {
  return is(value, 'row')
}

function isList(value: Seen): value is readonly Seen[] {
  return Array.isArray(value)
}

function is<T extends string>(value: Seen, t: T): value is Seen & { t: T; s: string } {
  return typeof value === 'object' && value !== null && 't' in value && value.t === t
}
