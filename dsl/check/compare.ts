import type { Code } from '#core/blueprint'
import { printType } from '#core/values'
import type { Span } from '#dsl/syntax'
import { isOrderedType } from './ordered.ts'
import type { Scope } from './scope.ts'

const bool = { kind: 'bool' } as const
const orders: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

/**
 * A comparison of two values of one type, as the engine has to do it: enums by the order of their declaration, regions by
 * where they lie in the tree. Reports an order asked of values that have none; then undefined.
 */
export function comparison(
  { scope, span }: { readonly scope: Scope; readonly span: Span },
  { fn, left, right }: { readonly fn: string; readonly left: Code; readonly right: Code },
): Code | undefined {
  const type = left.type.kind === 'null' ? right.type : left.type
  const plain: Code = { op: 'apply', type: bool, fn, args: [left, right] }
  if (left.type.kind === 'null' || right.type.kind === 'null') return plain
  if (orders.has(fn) && !isOrderedType(scope, type)) {
    scope.report(span, 'AX4003', { name: printType(type) })
    return undefined
  }
  if (type.kind === 'region') return regional(fn, left, right)
  if (type.kind === 'duration') return { ...plain, fn: fn === 'in' ? 'duration-in' : `duration${fn}` }
  const of = fn === 'has' && 'of' in type ? type.of.kind : undefined
  if (of === 'duration' || of === 'region') return { ...plain, fn: `${of}-in`, args: [right, left] }
  if (!orders.has(fn) || type.kind !== 'enum') return plain
  const names = scope.enums.get(type.name)!.values.map(({ name }) => name.text)
  return { ...plain, args: [ranked(left, names), ranked(right, names)] }
}

/** Where a value stands in its enum, from 0. */
function ranked(value: Code, names: readonly string[]): Code {
  const order: Code = { op: 'const', type: { kind: 'list', of: { kind: 'text' } }, value: [...names] }
  return { op: 'apply', type: { kind: 'int' }, fn: 'rank', args: [value, order] }
}

/** A place is a region when it lies inside it: 上海 is 华东. */
function regional(fn: string, left: Code, right: Code): Code {
  if (fn === '=' || fn === 'in')
    return { op: 'apply', type: bool, fn: `region${fn === '=' ? '=' : '-in'}`, args: [left, right] }
  if (fn !== '!=') return { op: 'apply', type: bool, fn, args: [left, right] }
  const known: Code = { op: 'apply', type: bool, fn: 'known', args: [left] }
  const same: Code = { op: 'apply', type: bool, fn: 'region=', args: [left, right] }
  const other: Code = { op: 'apply', type: bool, fn: 'not', args: [same] }
  return { op: 'apply', type: bool, fn: 'and', args: [known, other] }
}
