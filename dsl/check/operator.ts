import { sameType, type Type } from '#core/values'
import type { BinaryOperator } from '#dsl/syntax'

export const numeric: ReadonlySet<string> = new Set(['int', 'decimal', 'percent'])

const bool: Type = { kind: 'bool' }
const comparisons: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

/** The type of `left operator right`; undefined when the operator does not work between them. */
export function resultType(operator: BinaryOperator, left: Type, right: Type): Type | undefined {
  if (operator === 'and' || operator === 'or')
    return left.kind === 'bool' && right.kind === 'bool' ? bool : undefined
  if (comparisons.has(operator)) return comparable(left, right) ? bool : undefined
  if (operator === 'in') return 'of' in right && comparable(left, right.of) ? bool : undefined
  if (operator === 'has') return 'of' in left && comparable(left.of, right) ? bool : undefined
  if (operator === '+' || operator === '-') return sumType(operator, left, right)
  if (operator === '*') return productType(left, right)
  return operator === '/' ? quotientType(left, right) : undefined
}

function comparable(left: Type, right: Type): boolean {
  return sameType(left, right) || (numeric.has(left.kind) && numeric.has(right.kind))
}

function sumType(operator: '+' | '-', left: Type, right: Type): Type | undefined {
  if (left.kind === 'money' && right.kind === 'money') return left
  if (left.kind === 'text' && right.kind === 'text' && operator === '+') return left
  if ((left.kind === 'date' || left.kind === 'datetime') && right.kind === 'duration') return left
  if (left.kind === 'date' && right.kind === 'time' && operator === '+') return { kind: 'datetime' }
  if (!numeric.has(left.kind) || !numeric.has(right.kind)) return undefined
  return left.kind === right.kind ? left : { kind: 'decimal' }
}

/** An amount by a number is an amount, by another amount a number. */
function quotientType(left: Type, right: Type): Type | undefined {
  if (left.kind === 'money')
    return right.kind === 'money' ? { kind: 'decimal' } : numeric.has(right.kind) ? left : undefined
  return numeric.has(left.kind) && numeric.has(right.kind) ? { kind: 'decimal' } : undefined
}

function productType(left: Type, right: Type): Type | undefined {
  if (left.kind === 'money') return numeric.has(right.kind) ? left : undefined
  if (right.kind === 'money') return numeric.has(left.kind) ? right : undefined
  const both = sumType('+', left, right)
  return both && (left.kind === 'int' && right.kind === 'int' ? left : { kind: 'decimal' })
}
