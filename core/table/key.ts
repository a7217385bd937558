import { isDecimal, parseDuration, type Type, type Value } from '#core/values'

export type Key = string | number | boolean | null

/** A plain value that two values share exactly when a cell naming the one fits the other, however many digits they are written with. */
export function keyOf(value: Value, type: Type): Key {
  if (typeof value === 'object') return isDecimal(value) ? decimalKey(value) : null
  if (type.kind !== 'duration' || typeof value !== 'string') return value
  const { months, days, ms } = parseDuration(value) ?? { months: 0, days: 0, ms: 0 }
  return `${months}/${days}/${ms}`
}

function decimalKey({ units, scale }: { units: bigint; scale: number }): string {
  let [digits, places] = [units, scale]
  for (; places > 0 && digits % 10n === 0n; places--) digits /= 10n
  return `${digits}e${places}`
}
