import { compareDurations, compareValues, parseDuration, type Type, type Value } from '#core/values'
import type { Blueprint } from './blueprint.ts'

/** Kinds whose values have an order, so that a range of them means something; enums have one when they say so. */
const orderedKinds: ReadonlySet<string> = new Set([
  ...['int', 'decimal', 'percent', 'money', 'date', 'time', 'datetime', 'duration'],
])

export function hasOrder({ enums }: Pick<Blueprint, 'enums'>, type: Type): boolean {
  return type.kind === 'enum' ? (enums[type.name]?.ordered ?? false) : orderedKinds.has(type.kind)
}

/**
 * Orders two present values of a type that has an order: enums by their declaration. Undefined where only a date could
 * tell, such as `1mo` against `30d`.
 */
export function orderOf(
  { enums }: Pick<Blueprint, 'enums'>,
  type: Type,
  [a, b]: readonly [Value, Value],
): number | undefined {
  if (type.kind === 'duration')
    return compareDurations(parseDuration(a as string)!, parseDuration(b as string)!)
  if (type.kind !== 'enum') return compareValues(a, b)
  const names = Object.keys(enums[type.name]?.values ?? {})
  return names.indexOf(a as string) - names.indexOf(b as string)
}
