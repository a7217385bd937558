import type { Type } from '#core/values'
import type { Scope } from './scope.ts'

const ordered: ReadonlySet<string> = new Set([
  ...['int', 'decimal', 'percent', 'money', 'date', 'time', 'datetime', 'duration', 'text'],
])

/** Whether one value of a type may lie below another. */
export function isOrderedType(scope: Scope, type: Type): boolean {
  return type.kind === 'enum' ? (scope.enums.get(type.name)?.ordered ?? false) : ordered.has(type.kind)
}
