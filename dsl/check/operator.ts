import type { Type } from '#core/values'
import type { BinaryOperator } from '#dsl/syntax'
import { unified } from './unify.ts'

export const numeric: ReadonlySet<string> = new Set(['int', 'decimal', 'percent'])

const bool: Type = { kind: 'bool' }
const comparisons: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

/** What `left operator right` gives, and the engine's name for the operation. */
export interface Operation {
  readonly type: Type
  readonly fn: string
}

/** Undefined when the operator does not work between them; an absent operand is of any type. */
export function operationOf(operator: BinaryOperator, left: Type, right: Type): Operation | undefined {
  const logical = operator === 'and' || operator === 'or'
  if (left.kind === 'null' && right.kind === 'null')
    return logical || isComparison(operator) ? { type: bool, fn: operator } : undefined
  if (left.kind === 'null') return operationOf(operator, standIn(operator, right), right)
  if (right.kind === 'null') return operationOf(operator, left, standIn(operator, left))
  if (logical) return left.kind === 'bool' && right.kind === 'bool' ? { type: bool, fn: operator } : undefined
  if (isComparison(operator))
    return compares(operator, left, right) ? { type: bool, fn: operator } : undefined
  return operator === '+' || operator === '-' || operator === '*' || operator === '/'
    ? arithmetic(operator, left, right)
    : undefined
}

function isComparison(operator: BinaryOperator): boolean {
  return comparisons.has(operator) || operator === 'in' || operator === 'has'
}

/** The type an absent operand is taken for beside the other one. */
function standIn(operator: BinaryOperator, other: Type): Type {
  if (operator === 'in' || operator === 'has') return 'of' in other ? other.of : { kind: 'list', of: other }
  if (other.kind === 'date' || other.kind === 'time' || other.kind === 'datetime')
    return operator === '+' || operator === '-' ? { kind: 'duration' } : other
  return other.kind === 'money' && (operator === '*' || operator === '/') ? { kind: 'int' } : other
}

function compares(operator: BinaryOperator, left: Type, right: Type): boolean {
  if (operator === 'in') return 'of' in right && unified(left, right.of) !== undefined
  if (operator === 'has') return 'of' in left && unified(left.of, right) !== undefined
  return unified(left, right) !== undefined
}

function arithmetic(operator: '+' | '-' | '*' | '/', left: Type, right: Type): Operation | undefined {
  const temporal = temporalOf(operator, left, right)
  if (temporal) return temporal
  if (left.kind === 'text' && right.kind === 'text' && operator === '+') return { type: left, fn: 'text+' }
  const type =
    operator === '*'
      ? productType(left, right)
      : operator === '/'
        ? quotientType(left, right)
        : sumType(left, right)
  return type && { type, fn: operator }
}

/** Dates, times and moments move by durations, and lie durations apart. */
function temporalOf(operator: '+' | '-' | '*' | '/', left: Type, right: Type): Operation | undefined {
  const duration: Type = { kind: 'duration' }
  const [a, b] = [left.kind, right.kind]
  if (operator === '*' && a === 'duration' && b === 'int') return { type: left, fn: 'duration*' }
  if (operator === '*' && a === 'int' && b === 'duration') return { type: right, fn: 'duration*' }
  if (operator === '/')
    return a === 'duration' && b === a ? { type: { kind: 'decimal' }, fn: 'duration/' } : undefined
  if (operator === '*') return undefined
  if (operator === '+' && a === 'date' && b === 'time') return { type: { kind: 'datetime' }, fn: 'moment' }
  if (a === 'duration' && b === a) return { type: left, fn: `duration${operator}` }
  if (a !== 'date' && a !== 'time' && a !== 'datetime') return undefined
  if (b === 'duration') return { type: left, fn: `${a}${operator}` }
  return operator === '-' && a === b ? { type: duration, fn: `${a}-${a}` } : undefined
}

function sumType(left: Type, right: Type): Type | undefined {
  if (left.kind === 'money' && right.kind === 'money') return left
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
  const both = sumType(left, right)
  return both && (left.kind === 'int' && right.kind === 'int' ? left : { kind: 'decimal' })
}
