import { decimalOf, type Decimal } from './decimal.ts'
import { divideRounded } from './rounding.ts'

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

/** At most so many significant digits, no negative scale, and no zeros at the end of a fraction. */
export function toSignificant({ units, scale }: Decimal, most = QUOTIENT_DIGITS): Decimal {
  const length = (units < 0n ? -units : units).toString().length
  const over = Math.max(0, length - most)
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
  return decimalOf(kept, left)
}
