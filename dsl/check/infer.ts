import type { Code } from '#core/blueprint'
import { printType, sameType, type Type } from '#core/values'
import type { BinaryOperator, Expression, Span } from '#dsl/syntax'
import { literalOf } from './literal.ts'
import type { Scope } from './scope.ts'

/** Checked code; `exact` is false for money that may hold fractions of its minor unit and must be rounded. */
export interface Inferred {
  readonly code: Code
  readonly exact: boolean
}

export type Names = ReadonlyMap<string, Type>

const bool: Type = { kind: 'bool' }
const numbers = new Set(['int', 'decimal', 'percent'])

/** Binds names and types of an expression; reports the first thing wrong in each part and returns undefined for it. */
export function infer(scope: Scope, names: Names, expression: Expression): Inferred | undefined {
  const literal = literalOf(expression)
  if (literal) return { code: { op: 'const', ...literal }, exact: true }
  if (expression.kind === 'name') return inferName(scope, names, expression)
  if (expression.kind === 'unary') return inferUnary(scope, names, expression)
  if (expression.kind === 'binary') return inferBinary(scope, names, expression)
  if (expression.kind === 'call') return inferCall(scope, names, expression)
  if (expression.kind === 'if') return inferIf(scope, names, expression)
  scope.report(expression, 'AX9001', { word: expression.kind, name: expression.kind })
  return undefined
}

function inferName(
  scope: Scope,
  names: Names,
  expression: Expression & { kind: 'name' },
): Inferred | undefined {
  const type = names.get(expression.name)
  if (type) return { code: { op: 'name', type, name: expression.name }, exact: true }
  const owner = [...scope.enums].find(([, node]) => node.values.some(v => v.name.text === expression.name))
  if (owner)
    return {
      code: { op: 'const', type: { kind: 'enum', name: owner[0] }, value: expression.name },
      exact: true,
    }
  scope.report(expression, 'AX2002', { name: expression.name })
  return undefined
}

function inferUnary(
  scope: Scope,
  names: Names,
  expression: Expression & { kind: 'unary' },
): Inferred | undefined {
  const operand = infer(scope, names, expression.operand)
  if (!operand) return undefined
  if (expression.operator === 'not') {
    if (!expect(scope, { span: expression.operand, type: operand.code.type, wanted: bool })) return undefined
    return apply(bool, 'not', [operand])
  }
  if (numbers.has(operand.code.type.kind) || operand.code.type.kind === 'money')
    return { ...apply(operand.code.type, 'negate', [operand]), exact: operand.exact }
  expect(scope, { span: expression.operand, type: operand.code.type, wanted: { kind: 'decimal' } })
  return undefined
}

function inferBinary(
  scope: Scope,
  names: Names,
  expression: Expression & { kind: 'binary' },
): Inferred | undefined {
  const left = infer(scope, names, expression.left)
  const right = infer(scope, names, expression.right)
  if (!left || !right) return undefined
  const type = resultType(expression.operator, left.code.type, right.code.type)
  if (type) {
    const product = expression.operator === '*' && type.kind === 'money'
    return {
      ...apply(type, expression.operator, [left, right]),
      exact: !product && left.exact && right.exact,
    }
  }
  scope.report(expression, 'AX3002', {
    operator: expression.operator,
    left: printType(left.code.type),
    right: printType(right.code.type),
  })
  return undefined
}

function resultType(operator: BinaryOperator, left: Type, right: Type): Type | undefined {
  if (operator === 'and' || operator === 'or')
    return left.kind === 'bool' && right.kind === 'bool' ? bool : undefined
  if (['=', '!=', '<', '<=', '>', '>='].includes(operator)) return comparable(left, right) ? bool : undefined
  if (operator === '+' || operator === '-') return sumType(left, right)
  if (operator !== '*') return undefined
  if (left.kind === 'money') return numbers.has(right.kind) ? left : undefined
  if (right.kind === 'money') return numbers.has(left.kind) ? right : undefined
  return sumType(left, right) && (left.kind === 'int' && right.kind === 'int' ? left : { kind: 'decimal' })
}

function comparable(left: Type, right: Type): boolean {
  return sameType(left, right) || (numbers.has(left.kind) && numbers.has(right.kind))
}

function sumType(left: Type, right: Type): Type | undefined {
  if (left.kind === 'money' && right.kind === 'money') return left
  if (!numbers.has(left.kind) || !numbers.has(right.kind)) return undefined
  return left.kind === right.kind ? left : { kind: 'decimal' }
}

function inferCall(
  scope: Scope,
  names: Names,
  expression: Expression & { kind: 'call' },
): Inferred | undefined {
  const { callee } = expression
  const name = callee.kind === 'name' ? callee.name : ''
  if (name !== 'min' && name !== 'max') {
    scope.report(callee, 'AX2002', { name: name || '…' })
    return undefined
  }
  const args = expression.args.map(arg => infer(scope, names, arg.value))
  const [first] = args
  if (!first) return undefined
  for (const [index, arg] of args.entries()) {
    if (!arg) return undefined
    const span = expression.args[index]!.value
    if (!expect(scope, { span, type: arg.code.type, wanted: first.code.type })) return undefined
  }
  const checked = args as Inferred[]
  return { ...apply(first.code.type, name, checked), exact: checked.every(arg => arg.exact) }
}

function inferIf(scope: Scope, names: Names, expression: Expression & { kind: 'if' }): Inferred | undefined {
  const condition = infer(scope, names, expression.condition)
  const then = infer(scope, names, expression.then)
  const otherwise = infer(scope, names, expression.else)
  if (!condition || !then || !otherwise) return undefined
  const fits =
    expect(scope, { span: expression.condition, type: condition.code.type, wanted: bool }) &&
    expect(scope, { span: expression.else, type: otherwise.code.type, wanted: then.code.type })
  return fits
    ? { ...apply(then.code.type, 'if', [condition, then, otherwise]), exact: then.exact && otherwise.exact }
    : undefined
}

function apply(type: Type, fn: string, args: readonly Inferred[]): Inferred {
  return { code: { op: 'apply', type, fn, args: args.map(arg => arg.code) }, exact: true }
}

function expect(scope: Scope, found: { span: Span; type: Type; wanted: Type }): boolean {
  if (sameType(found.type, found.wanted)) return true
  scope.report(found.span, 'AX3001', { expected: printType(found.wanted), actual: printType(found.type) })
  return false
}
