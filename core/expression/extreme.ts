import { compareDurations, compareMixed, parseDuration, type Type, type Value } from '#core/values'

/** The least or the greatest of some present values; absent where two durations have no order. */
export function extreme(fn: 'min' | 'max', values: readonly Value[], type: Type): Value {
  const sign = fn === 'min' ? 1 : -1
  const order = type.kind === 'duration' ? durationOrder : compareMixed
  let [best = null, ...rest] = values
  for (const value of rest) {
    const found = order(value, best)
    if (found === undefined) return null
    if (sign * found < 0) best = value
  }
  return best
}

/** How two durations compare; undefined where only a date could tell. */
export function durationOrder(a: Value, b: Value): number | undefined {
  return compareDurations(parseDuration(a as string)!, parseDuration(b as string)!)
}
