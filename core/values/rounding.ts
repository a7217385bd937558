import { decimalOf, rescale, smallAt, type Decimal } from './decimal.ts'

export type RoundingMode = 'half_up' | 'half_down' | 'half_even' | 'down' | 'up'

/** Rounds to a multiple of `step` (for money usually ¥0.01); the only place where digits are lost. `step` must be positive. */
export function roundTo(a: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  const scale = Math.max(a.scale, step.scale)
  const count = divideSmall(smallAt(a, scale), smallAt(step, scale), mode)
  const units = count * smallAt(step, step.scale)
  if (Number.isSafeInteger(units)) return decimalOf(units, step.scale)
  const times = divideRounded(rescale(a, scale), rescale(step, scale), mode)
  return decimalOf(times * step.units, step.scale)
}

/** Up to here no quotient of integers is so near the next whole number that the machine takes it for that one. */
const SURELY_BELOW = 2 ** 52

/** What `divideRounded` does with integers that are small enough; NaN for others. */
function divideSmall(value: number, unit: number, mode: RoundingMode): number {
  if (!(Math.abs(value) <= SURELY_BELOW)) return NaN
  const quotient = Math.trunc(value / unit)
  const remainder = Math.abs(value - quotient * unit)
  if (remainder === 0 || mode === 'down') return quotient
  const away = value < 0 !== unit < 0 ? quotient - 1 : quotient + 1
  if (mode === 'up') return away
  const beyond = remainder - (Math.abs(unit) - remainder)
  if (beyond !== 0) return beyond > 0 ? away : quotient
  if (mode === 'half_down') return quotient
  return mode === 'half_up' || quotient % 2 !== 0 ? away : quotient
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
