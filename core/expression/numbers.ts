import {
  addDecimal,
  asDecimal as exact,
  compareDecimal,
  decimalOf,
  divideDecimal,
  expDecimal,
  isDecimal,
  logDecimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  plainDecimal,
  powerDecimal,
  roundTo,
  sqrtDecimal,
  subtractDecimal,
  type Decimal,
  type RoundingMode,
  type Value,
} from '#core/values'
import type { Builtin } from './builtins.ts'

const one = decimalOf(1)
const zero = decimalOf(0)
const asInt = ({ units }: Decimal): Value => {
  const int = Number(units)
  return Number.isSafeInteger(int) ? int : null
}

/** A whole number that arithmetic came to; absent beyond 2^53, where it would no longer be exact. */
export const safe = (int: number): Value => (Number.isSafeInteger(int) ? int + 0 : null)

/** The largest multiple of a step that is not above. */
function floor(value: Value, step: Decimal = one): Decimal {
  const down = roundTo(exact(value), step, 'down')
  return compareDecimal(down, exact(value)) > 0 ? subtractDecimal(down, step) : down
}

function ceil(value: Value, step: Decimal = one): Decimal {
  return negateDecimal(floor(negateDecimal(exact(value)), step))
}

const present = (list: Value) => (list as readonly Value[]).filter(value => value !== null)
const count = (values: readonly Value[]): Decimal => decimalOf(values.length)
const positive = (step: Value) => compareDecimal(exact(step), zero) > 0

/** Functions of numbers and money; a quotient by zero and a whole number beyond 2^53 are absent. */
export const numberBuiltins: Readonly<Record<string, Builtin>> = {
  '/': (a, b) => divideDecimal(exact(a), exact(b)) ?? null,
  abs: a => (isDecimal(a) ? (compareDecimal(a, zero) < 0 ? negateDecimal(a) : a) : Math.abs(a as number)),
  floor: a => asInt(floor(a)),
  ceil: a => asInt(ceil(a)),
  /** Down or up to a multiple of a step. */
  'floor-to': (a, step) => (positive(step) ? floor(a, exact(step)) : null),
  'ceil-to': (a, step) => (positive(step) ? ceil(a, exact(step)) : null),
  /** A whole number as the exact decimal it equals; a list of them likewise. */
  decimal: a => (Array.isArray(a) ? a.map(item => item && exact(item as Value)) : exact(a)),
  odd: a => Math.abs((a as number) % 2) === 1,
  even: a => (a as number) % 2 === 0,
  power: (a, times) => powerDecimal(exact(a), times as number) ?? null,
  sqrt: a => sqrtDecimal(exact(a)) ?? null,
  exp: a => expDecimal(exact(a)) ?? null,
  log: a => logDecimal(exact(a)) ?? null,
  mod: (a, b) => {
    if (compareDecimal(exact(b), zero) === 0) return null
    if (!isDecimal(a) && !isDecimal(b)) return floored(a as number, b as number)
    const times = floor(divideDecimal(exact(a), exact(b))!)
    return subtractDecimal(exact(a), multiplyDecimal(times, exact(b)))
  },
  round: (a, step, mode) => (positive(step) ? roundTo(exact(a), exact(step), mode as RoundingMode) : null),
  mean: list => mean(present(list).map(exact)),
  product: list => {
    const values = present(list)
    return values.length === 0 ? null : values.map(exact).reduce(multiplyDecimal)
  },
  stddev: list => stddev(present(list).map(exact)),
  number: text => parseDecimal((text as string).trim()) ?? null,
  text: value => (isDecimal(value) ? plainDecimal(value) : String(value)),
}

function mean(values: readonly Decimal[]): Decimal | null {
  return divideDecimal(values.reduce(addDecimal, zero), count(values)) ?? null
}

/** Of a sample, as the field has it: n - 1 below the line; absent for fewer than two values. */
function stddev(values: readonly Decimal[]): Decimal | null {
  if (values.length < 2) return null
  // Why times n: n · Σx² - (Σx)² is exact, so that one quotient and one root are all that is rounded.
  const total = values.reduce(addDecimal, zero)
  const squares = values.map(value => multiplyDecimal(value, value)).reduce(addDecimal, zero)
  const n = count(values)
  const above = subtractDecimal(multiplyDecimal(n, squares), multiplyDecimal(total, total))
  const variance = divideDecimal(above, multiplyDecimal(n, subtractDecimal(n, one)))
  return (variance && sqrtDecimal(variance)) ?? null
}

/** The remainder with the sign of the divisor, as the field has it: mod(-7, 3) is 2. */
function floored(a: number, b: number): number {
  return ((a % b) + b) % b
}
