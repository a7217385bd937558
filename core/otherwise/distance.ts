import {
  compareDecimal,
  isDecimal,
  negateDecimal,
  subtractDecimal,
  type Decimal,
  type Value,
} from '#core/values'

/** Orders two values by how far they lie from a third, where the type has a distance. */
export function nearer(from: Value, a: Value, b: Value): number {
  if (isDecimal(from) && isDecimal(a) && isDecimal(b)) return compareDecimal(gap(from, a), gap(from, b))
  return Math.abs(placeOf(a) - placeOf(from)) - Math.abs(placeOf(b) - placeOf(from))
}

function gap(a: Decimal, b: Decimal): Decimal {
  const difference = subtractDecimal(a, b)
  return difference.units < 0n ? negateDecimal(difference) : difference
}

/** A number as it is, a date in days, a time in minutes; nothing else has a place. */
function placeOf(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return 0
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return Date.parse(value) / 86_400_000
  const [hour, minute] = value.split(':').map(Number)
  return Number.isInteger(hour) && Number.isInteger(minute) ? hour! * 60 + minute! : 0
}
