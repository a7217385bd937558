/** An exact decimal number: `units / 10^scale`. There are no floats in Axle; 12.5% is { units: 125n, scale: 3 }. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

export type RoundingMode = 'half_up' | 'half_down' | 'half_even' | 'down' | 'up'

/** Reads `-1234.50`; returns undefined when the text is not a plain decimal number. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return undefined
  const fraction = match[3] ?? ''
  const units = BigInt(match[2]! + fraction)
  return { units: match[1] ? -units : units, scale: fraction.length }
}

/** Prints with exactly `scale` digits after the point: the canonical text that state and wire carry. */
export function printDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

/** The same number with at least `scale` digits after the point; exact. */
export function rescale(a: Decimal, scale: number): bigint {
  return a.units * 10n ** BigInt(scale - a.scale)
}

/** Negative, zero or positive, like a comparator. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  if (a.scale === b.scale) return a.units < b.units ? -1 : a.units > b.units ? 1 : 0
  const scale = Math.max(a.scale, b.scale)
  const left = rescale(a, scale)
  const right = rescale(b, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: rescale(a, scale) + rescale(b, scale), scale }
}

export function subtractDecimal(a: Decimal, b: Decimal): Decimal {
  return addDecimal(a, negateDecimal(b))
}

/** Exact: the scales add up, nothing is rounded until `roundTo`. */
export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** Digits a quotient is kept to, as IEEE 754 decimal128 and DMN have it. */
export const QUOTIENT_DIGITS = 34

/** The quotient, exact where it ends within 34 significant digits, else rounded half to even there; undefined by zero. */
export function divideDecimal(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.units === 0n) return undefined
  const digits = (units: bigint) => (units < 0n ? -units : units).toString().length
  // Why one more: the quotient of the leading digits may begin with a zero.
  const shift = Math.max(0, QUOTIENT_DIGITS + 1 + digits(b.units) - digits(a.units))
  const units = divideRounded(a.units * 10n ** BigInt(shift), b.units, 'half_even')
  return toSignificant({ units, scale: a.scale - b.scale + shift })
}

/** At most so many significant digits behind the point, no negative scale and no zeros at the end. */
export function toSignificant({ units, scale }: Decimal, most = QUOTIENT_DIGITS): Decimal {
  const length = (units < 0n ? -units : units).toString().length
  const over = Math.min(Math.max(0, length - most), Math.max(0, scale))
  const kept = divideRounded(units, 10n ** BigInt(over), 'half_even')
  const left = scale - over
  return trimmed(left < 0 ? { units: kept * 10n ** BigInt(-left), scale: 0 } : { units: kept, scale: left })
}

/** Without zeros at the end of its fraction. */
function trimmed({ units, scale }: Decimal): Decimal {
  let [kept, left] = [units, scale]
  while (left > 0 && kept % 10n === 0n) {
    kept /= 10n
    left--
  }
  return { units: kept, scale: left }
}

export function negateDecimal(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale }
}

/** Rounds to a multiple of `step` (for money usually ¥0.01); the only place where digits are lost. `step` must be positive. */
export function roundTo(a: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  const scale = Math.max(a.scale, step.scale)
  const value = rescale(a, scale)
  const unit = rescale(step, scale)
  const count = divideRounded(value, unit, mode)
  return { units: count * step.units, scale: step.scale }
}

/** Divides two integers and rounds the quotient as `mode` says; `half_up` rounds halves away from zero, `half_down` towards it. */
export function divideRounded(value: bigint, unit: bigint, mode: RoundingMode): bigint {
  const quotient = value / unit
  const remainder = value - quotient * unit
  if (remainder === 0n) return quotient
  const away = value < 0n !== unit < 0n ? -1n : 1n
  const twice = remainder * 2n * (remainder < 0n ? -1n : 1n)
  const size = unit < 0n ? -unit : unit
  if (mode === 'down') return quotient
  if (mode === 'up') return quotient + away
  if (twice !== size) return twice > size ? quotient + away : quotient
  if (mode === 'half_down') return quotient
  return mode === 'half_up' || quotient % 2n !== 0n ? quotient + away : quotient
}
