import {
  addDecimal,
  compareDecimal,
  divideDecimal,
  isDecimal,
  multiplyDecimal,
  negateDecimal,
  printDecimal,
  parseDecimal,
  roundTo,
  subtractDecimal,
  type Decimal,
  type RoundingMode,
  type Value,
} from '#core/values'
import type { Builtin } from './builtins.ts'

/** A number of either kind as an exact decimal. */
export const exact = (value: Value): Decimal =>
  isDecimal(value) ? value : { units: BigInt(value as number), scale: 0 }

const one: Decimal = { units: 1n, scale: 0 }
const zero: Decimal = { units: 0n, scale: 0 }
const whole = (value: Value, mode: RoundingMode): Decimal => roundTo(exact(value), one, mode)
const asInt = ({ units }: Decimal): Value => {
  const int = Number(units)
  return Number.isSafeInteger(int) ? int : null
}

/** The largest whole number that is not above. */
function floor(value: Value): Decimal {
  const down = whole(value, 'down')
  return compareDecimal(down, exact(value)) > 0 ? subtractDecimal(down, one) : down
}

/** Functions of numbers and money; a quotient by zero and a whole number beyond 2^53 are absent. */
export const numberBuiltins: Readonly<Record<string, Builtin>> = {
  '/': (a, b) => divideDecimal(exact(a), exact(b)) ?? null,
  /** A whole number where a decimal is wanted. */
  decimal: a => exact(a),
  abs: a => (isDecimal(a) ? (a.units < 0n ? negateDecimal(a) : a) : Math.abs(a as number)),
  floor: a => asInt(floor(a)),
  ceil: a => asInt(negateDecimal(floor(negateDecimal(exact(a))))),
  mod: (a, b) => {
    if (compareDecimal(exact(b), zero) === 0) return null
    if (!isDecimal(a) && !isDecimal(b)) return floored(a as number, b as number)
    const times = floor(divideDecimal(exact(a), exact(b))!)
    return subtractDecimal(exact(a), multiplyDecimal(times, exact(b)))
  },
  round: (a, step, mode) =>
    compareDecimal(exact(step), zero) > 0 ? roundTo(exact(a), exact(step), mode as RoundingMode) : null,
  mean: list => {
    const values = (list as readonly Value[]).filter(value => value !== null).map(exact)
    if (values.length === 0) return null
    return divideDecimal(values.reduce(addDecimal, zero), { units: BigInt(values.length), scale: 0 }) ?? null
  },
  number: text => parseDecimal((text as string).trim()) ?? null,
  text: value =>
    isDecimal(value)
      ? printDecimal(value)
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, '')
      : String(value),
}

/** The remainder with the sign of the divisor, as the field has it: mod(-7, 3) is 2. */
function floored(a: number, b: number): number {
  return ((a % b) + b) % b
}
