import type { Expression } from './tree.ts'

/** The names of `订单.客户.等级` in order; undefined for an expression that is no path. */
export function pathOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'name') return [expression.name]
  const of = expression.kind === 'member' ? pathOf(expression.object) : undefined
  return of && expression.kind === 'member' ? [...of, expression.name.text] : undefined
}

/** A path as it is written; `…` for an expression that is none. */
export function writtenPath(expression: Expression): string {
  return pathOf(expression)?.join('.') ?? '…'
}
