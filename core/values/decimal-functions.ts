import { decimalOf, multiplyDecimal, type Decimal } from './decimal.ts'
import { divideDecimal, QUOTIENT_DIGITS, toSignificant } from './quotient.ts'
import { divideRounded } from './rounding.ts'

/** Beyond these the exact digits of a power, or of e^x, would be too many to write down. */
const MAX_EXPONENT = 999
const MAX_POWER_DIGITS = 10_000

/** Digits behind the point that series are summed to: enough that 34 significant ones are right. */
const WORKING_DIGITS = 60
const UNIT = 10n ** BigInt(WORKING_DIGITS)

/**
 * A whole power: exact while it has 34 significant digits, else rounded half to even there, as decimal128 does. Undefined
 * for a negative power of zero and for exponents beyond ±999 or too many digits.
 */
export function powerDecimal(base: Decimal, exponent: number): Decimal | undefined {
  const digits = base.units.toString().length * Math.abs(exponent)
  if (Math.abs(exponent) > MAX_EXPONENT || digits > MAX_POWER_DIGITS) return undefined
  const positive = multiplied(base, Math.abs(exponent))
  return exponent < 0 ? divideDecimal(decimalOf(1), positive) : toSignificant(positive)
}

/** Why exact all the way: bases have few digits, and rounding in between would not give the nearest value. */
function multiplied(base: Decimal, times: number): Decimal {
  if (times === 0) return decimalOf(1)
  const half = multiplied(base, times >> 1)
  const square = multiplyDecimal(half, half)
  return times % 2 === 0 ? square : multiplyDecimal(square, base)
}

/** The square root, exact where it ends within 34 significant digits, else the nearest of as many; undefined below zero. */
export function sqrtDecimal({ units, scale }: Decimal): Decimal | undefined {
  if (units < 0n) return undefined
  // Why even: a square root halves the scale. The root of the shifted units has at least two digits more than are kept.
  const wanted = 2 * (QUOTIENT_DIGITS + 2)
  const shift = Math.max(0, wanted - units.toString().length)
  const even = shift + ((scale + shift) % 2)
  const radicand = units * 10n ** BigInt(even)
  const root = integerRoot(radicand)
  // A digit that says there is more keeps a root that goes on from being taken for one half way.
  const isExact = root * root === radicand
  return toSignificant({ units: root * 10n + (isExact ? 0n : 1n), scale: (scale + even) / 2 + 1 })
}

/** Newton's method, from above. */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** e^x to 34 significant digits; undefined for x beyond ±999. */
export function expDecimal(x: Decimal): Decimal | undefined {
  const value = fixed(x)
  if (value > 999n * UNIT || value < -999n * UNIT) return undefined
  if (value < 0n) return divideDecimal(decimalOf(1), expOf(-value))
  return toSignificant(expOf(value))
}

/** Of a number not below zero: the Taylor series at x / 2^k, squared k times. */
function expOf(value: bigint): Decimal {
  const extra = 10n ** 40n
  let halvings = 0
  let small = value * extra
  while (small > (UNIT * extra) / 16n) {
    small >>= 1n
    halvings++
  }
  const unit = UNIT * extra
  let [sum, term] = [unit, unit]
  for (let n = 1n; term > 0n; n++) {
    term = (term * small) / unit / n
    sum += term
  }
  // Squares grow beyond the unit, so relative digits are kept by carrying a decimal of bounded length.
  let result: Decimal = { units: sum, scale: WORKING_DIGITS + 40 }
  for (let n = 0; n < halvings; n++) result = toSignificant(multiplyDecimal(result, result), 90)
  return result
}

/** The natural logarithm to 34 significant digits; undefined where there is none. */
export function logDecimal(x: Decimal): Decimal | undefined {
  if (x.units <= 0n) return undefined
  // x = m · 10^k with m in 1..10; ln x = ln m + k ln 10.
  const length = x.units.toString().length
  const k = BigInt(length - 1 - x.scale)
  const mantissa = (x.units * UNIT * GUARD) / 10n ** BigInt(length - 1)
  const units = lnFixed(mantissa) + k * lnFixed(10n * UNIT * GUARD)
  return toSignificant({ units, scale: WORKING_DIGITS + GUARD_DIGITS })
}

const GUARD_DIGITS = 20
const GUARD = 10n ** BigInt(GUARD_DIGITS)

/** ln of a fixed-point number from 1 to 10: ln m = 2 artanh((m - 1) / (m + 1)), after roots have brought m near 1. */
function lnFixed(mantissa: bigint): bigint {
  const unit = UNIT * GUARD
  let m = mantissa
  let roots = 0
  while (m > unit + unit / 8n) {
    m = integerRoot(m * unit)
    roots++
  }
  const z = ((m - unit) * unit) / (m + unit)
  const square = (z * z) / unit
  let [sum, power] = [0n, z]
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n
    power = (power * square) / unit
  }
  return 2n * sum * 2n ** BigInt(roots)
}

function fixed({ units, scale }: Decimal): bigint {
  if (scale <= WORKING_DIGITS) return units * 10n ** BigInt(WORKING_DIGITS - scale)
  return divideRounded(units, 10n ** BigInt(scale - WORKING_DIGITS), 'half_even')
}
