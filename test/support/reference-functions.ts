import { compare, isList, number, orderOf, reckon, type Function, type Seen } from './reference-expression.ts'

/** Functions of numbers and lists in exact fractions; what goes on without end is worked out to fifty digits. */
const DIGITS = 10n ** 50n

const int = (value: Seen | undefined) => Number((value as { n: bigint }).n)
const whole = (value: number) => number(BigInt(value))
type Fraction = Seen & { readonly n: bigint; readonly d: bigint }
const times = (a: Seen, b: Seen) => reckon('*', a, b) as Fraction
const plus = (a: Seen, b: Seen) => reckon('+', a, b) as Fraction
const over = (a: Seen, b: Seen) => reckon('/', a, b) as Fraction
const cut = ({ n, d }: Fraction) => number((n * DIGITS) / d, DIGITS) as Fraction

function power(base: Seen, count: number): Seen {
  if (Math.abs(count) > 999) return null
  let result: Seen = number(1n)
  for (let n = 0; n < Math.abs(count); n++) result = times(result, base)
  return count < 0 ? reckon('/', number(1n), result) : result
}

/** Halving an interval until it is as narrow as fifty digits. */
function root(value: Seen): Seen {
  const { n, d } = value as Fraction
  if (n < 0n) return null
  let [low, high] = [0n, (n / d + 1n) * DIGITS]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle * d <= n * DIGITS * DIGITS) low = middle
    else high = middle
  }
  return number(low, DIGITS)
}

/** 1 + x + x²/2! + …, of a small part of x, multiplied up again. */
function exp(value: Seen): Seen {
  const parts = 64n
  if ((value as Fraction).n > 999n * (value as Fraction).d) return null
  const small = over(value, number(parts))
  let [sum, term] = [number(1n), number(1n)] as [Fraction, Fraction]
  for (let n = 1n; n < 60n; n++) {
    term = cut(over(times(term, small), number(n)))
    sum = plus(sum, term)
  }
  let result = number(1n) as Fraction
  for (let n = 0n; n < parts; n++) result = cut(times(result, sum))
  return result
}

/** Where exp gives the value, found by Newton's steps. */
function log(value: Seen): Seen {
  if ((value as Fraction).n <= 0n) return null
  let guess = number(0n) as Fraction
  for (let n = 0; n < 60; n++) {
    const next = cut(plus(plus(guess, number(-1n)), over(value, exp(guess) as Fraction)))
    if (next.n * guess.d === guess.n * next.d) break
    guess = next
  }
  return guess
}

export const moreNumbers: Readonly<Record<string, Function>> = {
  power: ([a, count]) => power(a!, int(count)),
  sqrt: ([a]) => root(a!),
  exp: ([a]) => exp(a!),
  log: ([a]) => log(a!),
  odd: ([a]) => int(a) % 2 !== 0,
  even: ([a]) => int(a) % 2 === 0,
}

const list = (value: Seen | undefined) => value as readonly Seen[]
const present = (value: Seen | undefined) => list(value).filter(item => item !== null)

/** Where a place lies from 0, counted from the end when negative; undefined outside. */
function placeOf(values: readonly Seen[], place: Seen | undefined): number | undefined {
  const at = int(place) < 0 ? values.length + int(place) : int(place) - 1
  return at >= 0 && at < values.length ? at : undefined
}

function flat(value: Seen): readonly Seen[] {
  return isList(value) ? value.flatMap(flat) : [value]
}

export const moreLists: Readonly<Record<string, Function>> = {
  append: ([all, item]) => [...list(all), item!],
  insert: ([all, place, item]) => {
    const at = placeOf(list(all), place)
    return at === undefined ? null : [...list(all).slice(0, at), item!, ...list(all).slice(at)]
  },
  remove: ([all, place]) => {
    const at = placeOf(list(all), place)
    return at === undefined ? null : list(all).filter((_, index) => index !== at)
  },
  sublist: ([all, from, length]) => {
    const at = placeOf(list(all), from)
    if (at === undefined) return null
    return list(all).filter((_, index) => index >= at && (length === undefined || index < at + int(length)))
  },
  places: ([all, wanted], world) =>
    list(all).flatMap((item, at) =>
      item !== null && compare('=', item, wanted!, world) ? [whole(at + 1)] : [],
    ),
  flatten: ([all]) => flat(all!),
  product: ([all]) => (present(all).length === 0 ? null : present(all).reduce(times)),
  stddev: ([all]) => {
    const values = present(all)
    if (values.length < 2) return null
    const mean = over(values.reduce(plus), whole(values.length))
    const squares = values.map(value => power(reckon('-', value, mean), 2)).reduce(plus)
    return root(over(squares, whole(values.length - 1)))
  },
  mode: ([all], world) => {
    const values = present(all)
    const count = (wanted: Seen) => values.filter(value => compare('=', value, wanted, world)).length
    const most = Math.max(0, ...values.map(count))
    const found = values.filter(
      (value, at) =>
        count(value) === most && values.findIndex(other => compare('=', other, value, world)) === at,
    )
    return found.toSorted((a, b) => orderOf(a, b, world)!)
  },
}
