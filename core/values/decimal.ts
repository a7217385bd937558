/** An exact decimal number: `units / 10^scale`. There are no floats in Axle; 12.5% is { units: 125n, scale: 3 }. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

/**
 * A decimal whose units are a safe integer, which the machine reckons with many times faster than with a BigInt.
 * INVARIANT: `small` is a safe integer and not -0; a result that would not be one becomes a decimal of a BigInt instead,
 * so that every answer is exact.
 */
class SmallDecimal implements Decimal {
  readonly small: number
  readonly scale: number

  constructor(small: number, scale: number) {
    this.small = small
    this.scale = scale
  }

  get units(): bigint {
    return BigInt(this.small)
  }
}

/** A decimal of an integer: `units / 10^scale`. */
export function decimalOf(units: bigint | number, scale = 0): Decimal {
  const small = Number(units)
  // Why + 0: it makes -0 the zero that there is one of.
  return Number.isSafeInteger(small) ? new SmallDecimal(small + 0, scale) : { units: BigInt(units), scale }
}

/** Units as a number; NaN when they are no safe integer, or stand in a BigInt. NaN then makes every result fail its check. */
function smallOf(a: Decimal): number {
  return a instanceof SmallDecimal ? a.small : NaN
}

const POWERS = Array.from({ length: 16 }, (_, digits) => 10 ** digits)

/** The units with so many digits after the point; NaN where that is no safe integer. */
export function smallAt(a: Decimal, scale: number): number {
  if (a.scale === scale) return smallOf(a)
  const units = smallOf(a) * (POWERS[scale - a.scale] ?? NaN)
  return Number.isSafeInteger(units) ? units : NaN
}

/** So few characters make a safe integer, whatever they are. */
const SURELY_SMALL = 15
const [MINUS, POINT, ZERO] = [45, 46, 48]

/** Reads `-1234.50`; returns undefined when the text is not a plain decimal number. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length <= SURELY_SMALL) return parseSmall(text)
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return undefined
  const fraction = match[3] ?? ''
  const units = BigInt(match[2]! + fraction)
  return decimalOf(match[1] ? -units : units, fraction.length)
}

function parseSmall(text: string): Decimal | undefined {
  const { length } = text
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  let units = 0
  let point = length
  for (let at = start; at < length; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit >= 0 && digit <= 9) units = units * 10 + digit
    else if (digit === POINT - ZERO && point === length && at > start) point = at
    else return undefined
  }
  if (length === start || point === length - 1) return undefined
  return new SmallDecimal(start === 1 ? 0 - units : units, Math.max(0, length - 1 - point))
}

/** Prints with exactly `scale` digits after the point: the canonical text that state and wire carry. */
export function printDecimal(a: Decimal): string {
  const { scale } = a
  const written = a instanceof SmallDecimal ? String(a.small) : a.units.toString()
  if (scale === 0) return written
  const isNegative = written.startsWith('-')
  const digits = (isNegative ? written.slice(1) : written).padStart(scale + 1, '0')
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return isNegative ? `-${text}` : text
}

/** As people write a number: no zeros at the end of its fraction. */
export function plainDecimal(number: Decimal): string {
  return printDecimal(number)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

/** A share as people write it: `12.5%`. */
export function printPercent(share: Decimal): string {
  return `${plainDecimal(multiplyDecimal(share, decimalOf(100)))}%`
}

/** The same number with at least `scale` digits after the point; exact. */
export function rescale(a: Decimal, scale: number): bigint {
  return a.units * 10n ** BigInt(scale - a.scale)
}

/** Negative, zero or positive, like a comparator. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const x = smallAt(a, scale)
  const y = smallAt(b, scale)
  if (x < y) return -1
  if (x > y) return 1
  if (x === y) return 0
  const left = rescale(a, scale)
  const right = rescale(b, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const sum = smallAt(a, scale) + smallAt(b, scale)
  return Number.isSafeInteger(sum)
    ? new SmallDecimal(sum, scale)
    : decimalOf(rescale(a, scale) + rescale(b, scale), scale)
}

export function subtractDecimal(a: Decimal, b: Decimal): Decimal {
  return addDecimal(a, negateDecimal(b))
}

/** Exact: the scales add up, nothing is rounded until `roundTo`. */
export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  const scale = a.scale + b.scale
  const product = smallOf(a) * smallOf(b)
  return Number.isSafeInteger(product)
    ? new SmallDecimal(product + 0, scale)
    : decimalOf(a.units * b.units, scale)
}

export function negateDecimal(a: Decimal): Decimal {
  return a instanceof SmallDecimal ? new SmallDecimal(0 - a.small, a.scale) : decimalOf(-a.units, a.scale)
}
