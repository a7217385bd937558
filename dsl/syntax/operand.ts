import type { IToken, TokenType } from 'chevrotain'
import { composed } from './character.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type { Expression, LiteralKind } from './tree.ts'

/** How tightly the operators bind that may follow an operand, the loosest first. */
export const binding = {
  ...{ where: 1, or: 2, and: 3, comparison: 4, range: 5, sum: 6, product: 7, scope: 8, postfix: 9 },
  /** No operator binds as tightly. */
  operand: 10,
} as const

/** The tokens that are a literal by themselves. */
export const literals: readonly (readonly [TokenType, LiteralKind])[] = [
  [T.Text, 'text'],
  [T.Int, 'int'],
  [T.Decimal, 'decimal'],
  [T.Percent, 'percent'],
  [T.Money, 'money'],
  [T.Duration, 'duration'],
  [T.Date, 'date'],
  [T.Time, 'time'],
  [K.true, 'bool'],
  [K.false, 'bool'],
  [K.null, 'null'],
]

const operators: readonly (readonly [number, readonly TokenType[]])[] = [
  [binding.where, [K.where]],
  [binding.or, [K.or]],
  [binding.and, [K.and]],
  [binding.comparison, [P['='], P['!='], P['<='], P['>='], P['<'], P['>'], K.in, K.has, K.within]],
  [binding.range, [P['..<'], P['..']]],
  [binding.sum, [P['+'], P['-']]],
  [binding.product, [P['*'], P['/']]],
  [binding.scope, [K.of]],
  [binding.postfix, [P['.'], P['(']]],
]

// By the index of the token's kind, as Chevrotain looks kinds up.
const bindings: number[] = []
const operands: (LiteralKind | 'name')[] = []
for (const [level, kinds] of operators) for (const kind of kinds) bindings[kind.tokenTypeIdx!] = level
for (const [kind, literal] of literals) operands[kind.tokenTypeIdx!] = literal
for (const kind of T.vocabulary) if (T.isName(kind)) operands[kind.tokenTypeIdx!] = 'name'

/** Whether a token is an operand by itself, and the next one takes nothing to it that binds at least so tightly. */
export function standsAlone(token: IToken, next: IToken, level: number): boolean {
  if (token.tokenType === T.Date && next.tokenType === T.Time) return false
  return operands[token.tokenTypeIdx] !== undefined && !(bindings[next.tokenTypeIdx]! >= level)
}

/** A date, or with a time behind it a moment. */
export function momentOf(date: IToken, time: IToken | undefined): Expression {
  if (!time) return operandOf(date)
  const image = `${date.image} ${time.image}`
  return { kind: 'literal', literal: 'datetime', image, start: date.startOffset, end: time.endOffset! }
}

/** A literal or a name. */
export function operandOf({ image, tokenTypeIdx, startOffset: start, endOffset }: IToken): Expression {
  const operand = operands[tokenTypeIdx] ?? 'name'
  const end = endOffset!
  if (operand === 'name') return { kind: 'name', name: composed(image), start, end }
  return { kind: 'literal', literal: operand, image, start, end }
}
