import type { Code } from '#core/blueprint'
import { printType, type Type } from '#core/values'
import type { Expression } from '#dsl/syntax'
import { infer, type Inferred, type Place } from './infer.ts'
import { isOrderedType } from './ordered.ts'
import { unified, widened } from './unify.ts'

/** `min(a, b, …)`, `max(a, b, …)` of values that have an order, which an enum’s declaration gives. */
export function inferExtreme(
  place: Place,
  fn: 'min' | 'max',
  { args, ...call }: Expression & { kind: 'call' },
): Inferred | undefined {
  const values: Inferred[] = []
  let type: Type = { kind: 'null' }
  for (const { value } of args) {
    const found = infer({ ...place, wanted: type }, value)
    const both: Type | undefined = found && unified(type, found.code.type)
    if (!found) return undefined
    if (!both) {
      place.scope.report(value, 'AX3001', { expected: printType(type), actual: printType(found.code.type) })
      return undefined
    }
    values.push(found)
    type = both
  }
  if (values.length === 0) {
    place.scope.report(call, 'AX3010', { name: fn, expected: '…', given: '—' })
    return undefined
  }
  if (type.kind !== 'null' && !isOrderedType(place.scope, type)) {
    place.scope.report(call, 'AX4003', { name: printType(type) })
    return undefined
  }
  const codes = values.map(({ code }) => widened(code, type))
  return { code: extremeOf(place, type, fn, codes), exact: values.every(({ exact }) => exact) }
}

function extremeOf({ scope }: Place, type: Type, fn: 'min' | 'max', args: readonly Code[]): Code {
  if (type.kind === 'duration') return { op: 'apply', type, fn: `duration-${fn}`, args }
  if (type.kind !== 'enum') return { op: 'apply', type, fn, args }
  const names = scope.enums.get(type.name)!.values.map(({ name }) => name.text)
  const order: Code = { op: 'const', type: { kind: 'list', of: { kind: 'text' } }, value: names }
  return { op: 'apply', type, fn: `ranked-${fn}`, args: [order, ...args] }
}
