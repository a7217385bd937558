import { decimalOf, isDate, isDecimal, rescale, type Type, type Value } from '#core/values'

/** The next value in the smallest step people use: 1, a cent, a hundredth of a percent, a minute, a day; undefined past the last. */
export function successor(value: Value, type: Type): Value | undefined {
  return stepped(value, type, 1)
}

/** The value one such step before; undefined before the first, and for texts, which have no last one before another. */
export function predecessor(value: Value, type: Type): Value | undefined {
  return type.kind === 'text' ? undefined : stepped(value, type, -1)
}

const MINUTE = 60_000

function stepped(value: Value, type: Type, step: 1 | -1): Value | undefined {
  if (typeof value === 'number') {
    const next = value + (type.kind === 'datetime' ? step * MINUTE : step)
    return Number.isSafeInteger(next) ? next : undefined
  }
  if (isDecimal(value)) {
    const scale = Math.max(value.scale, type.kind === 'money' ? 2 : 4)
    return decimalOf(rescale(value, scale) + BigInt(step), scale)
  }
  if (typeof value !== 'string') return undefined
  if (type.kind === 'date') return otherDay(value, step)
  if (type.kind !== 'time') return step === 1 ? `${value} ` : undefined
  const [hour = 0, minute = 0] = value.split(':').map(Number)
  const total = hour * 60 + minute + step
  if (total < 0 || total >= 1440) return undefined
  return [Math.floor(total / 60), total % 60].map(n => String(n).padStart(2, '0')).join(':')
}

function otherDay(date: string, days: number): string | undefined {
  const at = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000
  const day = new Date(at).toISOString().slice(0, 10)
  return isDate(day) ? day : undefined
}
