import { hasOrder, orderOf, type Blueprint, type Code } from '#core/blueprint'
import { decodeValue, printType, type Type, type Value } from '#core/values'
import type { Span } from '#dsl/syntax'
import type { Scope } from './scope.ts'

/** The ends of `in a..b`; what can be said of them beforehand are constants. */
export interface Range {
  readonly type: Type
  readonly span: Span
  readonly min: Code | undefined
  readonly max: Code | undefined
  readonly maxOpen?: boolean | undefined
}

/** Reports a range of values that have no order, and one that no value lies in. */
export function checkRange(scope: Scope, { type, span, min, max, maxOpen }: Range): void {
  if (!hasOrder(orders(scope, type), type)) scope.report(span, 'AX4003', { name: printType(type) })
  else {
    const order = orderBetween(scope, type, [max, min]) ?? 1
    if (order < 0 || (order === 0 && maxOpen)) scope.report(span, 'AX3012')
  }
}

/** Reports a constant that lies outside of a range. */
export function checkInRange(scope: Scope, range: Range, found: { span: Span; code: Code }): void {
  const { type, min, max, maxOpen } = range
  const below = orderBetween(scope, type, [found.code, min]) ?? 0
  const above = orderBetween(scope, type, [found.code, max]) ?? -1
  if (below < 0 || above > 0 || (above === 0 && maxOpen))
    scope.report(found.span, 'AX3013', { found: scope.textOf(found.span), range: scope.textOf(range.span) })
}

/** Undefined when one of them is no constant, or only a date could tell. */
function orderBetween(scope: Scope, type: Type, codes: readonly (Code | undefined)[]): number | undefined {
  const [a = null, b = null] = codes.map(code =>
    code?.op === 'const' ? (decodeValue(code.value, code.type) ?? null) : null,
  ) as Value[]
  const context = orders(scope, type)
  return a === null || b === null || !hasOrder(context, type) ? undefined : orderOf(context, type, [a, b])
}

function orders(scope: Scope, type: Type): Pick<Blueprint, 'enums'> {
  const node = type.kind === 'enum' ? scope.enums.get(type.name) : undefined
  if (!node) return { enums: {} }
  const values = Object.fromEntries(node.values.map(({ name }) => [name.text, name.text]))
  return { enums: { [node.name.text]: { label: node.name.text, ordered: node.ordered, values } } }
}
