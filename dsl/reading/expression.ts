import type { Blueprint, Code } from '#core/blueprint'
import { parseDecimal, printDecimal, type JsonValue, type Type } from '#core/values'
import { unquote, type Expression } from '#dsl/syntax'
import { readCode } from './code.ts'

/**
 * An expression of the text as people would say it, for what leaves nothing in the blueprint. It reads like `readCode`,
 * with the types that can be told from literals and from the pack’s names alone.
 */
export function readExpression(blueprint: Blueprint, expression: Expression): string {
  if (expression.kind === 'binary' && expression.operator === 'of') return readWorking(blueprint, expression)
  return readCode(blueprint, codeOf(blueprint, expression))
}

/** `2h of 营业`: 「营业时间 2 小时」. */
function readWorking(blueprint: Blueprint, { left, right }: Expression & { kind: 'binary' }): string {
  const hours = right.kind === 'name' ? (blueprint.hours[right.name]?.label ?? right.name) : ''
  return `${hours}时间 ${readExpression(blueprint, left)}`.replace('时间时间', '时间')
}

function codeOf(blueprint: Blueprint, expression: Expression): Code {
  const read = (part: Expression) => codeOf(blueprint, part)
  switch (expression.kind) {
    case 'literal':
      return literal(expression)
    case 'name':
      return nameOf(blueprint, expression.name)
    case 'member':
      return {
        ...nameOf(blueprint, expression.name.text),
        op: 'member',
        of: read(expression.object),
        name: expression.name.text,
      }
    case 'list':
      return { op: 'list', type: text, items: expression.items.map(read) }
    case 'record':
      return { op: 'list', type: text, items: expression.entries.map(({ value }) => read(value)) }
    case 'if':
      return apply('if', [expression.condition, expression.then, expression.else].map(read))
    case 'unary':
      return apply(expression.operator === '-' ? 'negate' : 'not', [read(expression.operand)])
    case 'call':
      return callOf(blueprint, expression)
    case 'binary':
      return binaryOf(blueprint, expression)
  }
}

const text = { kind: 'text' } as const
const bool = { kind: 'bool' } as const

function apply(fn: string, args: readonly Code[]): Code {
  return { op: 'apply', type: text, fn, args }
}

function literal({ literal: kind, image }: Expression & { kind: 'literal' }): Code {
  const plain = image.normalize('NFKC').replaceAll(',', '')
  const constant = (type: Type, value: JsonValue): Code => ({ op: 'const', type, value })
  switch (kind) {
    case 'percent': {
      const { units, scale } = parseDecimal(plain.slice(0, -1)) ?? { units: 0n, scale: 0 }
      return constant({ kind: 'percent' }, printDecimal({ units, scale: scale + 2 }))
    }
    case 'money':
      return /^[A-Z]/.test(plain) ? said(plain) : constant({ kind: 'money' }, plain.replace(/^[^\d]+/, ''))
    case 'bool':
      return constant(bool, plain === 'true')
    case 'text':
      return constant(text, unquote(image))
    case 'null':
      return constant(text, null)
    case 'datetime':
      return said(plain)
    case 'duration':
    case 'date':
    case 'time':
    case 'decimal':
    case 'int':
      return constant({ kind }, plain)
  }
}

/** Words that stand as they are. */
function said(name: string): Code {
  return { op: 'name', type: text, name }
}

/** A value of an enum by its label; else a name, of the type that every field of that name has. */
function nameOf(blueprint: Blueprint, name: string): Code & { op: 'name' | 'const' } {
  const label = Object.values(blueprint.enums).find(({ values }) => Object.hasOwn(values, name))?.values[name]
  const owners = [...Object.values(blueprint.forms), ...Object.values(blueprint.entities)]
  const fields = owners.flatMap(({ fields }) => (Object.hasOwn(fields, name) ? [fields[name]!] : []))
  const [first] = fields
  const type = first && fields.every(each => each.type.kind === first.type.kind) ? first.type : text
  if (fields.length === 0 && label !== undefined) return { op: 'name', type: text, name: label }
  return { op: 'name', type, name }
}

const folds = new Set(['sum', 'count', 'min', 'max', 'median'])

function callOf(blueprint: Blueprint, { callee, args }: Expression & { kind: 'call' }): Code {
  const name = pathOf(callee)
  const given = args.map(({ value }) => codeOf(blueprint, value))
  const [first] = args
  if (name === 'open' || name === 'last')
    return {
      ...said(`${name}(${first ? pathOf(first.value) : ''})`),
      type: { kind: name === 'open' ? 'bool' : 'date' },
    }
  if (folds.has(name) && args.length === 1 && first) return foldOf(blueprint, name, first.value)
  if (Object.hasOwn(blueprint.tables, name)) return { op: 'table', type: text, name, args: given }
  return { ...apply(name, given), ...(name === 'known' && { type: bool }) }
}

/** `sum(退款.金额 where not 已关闭)`, `count(send where opened)`. */
function foldOf(blueprint: Blueprint, fn: string, argument: Expression): Code {
  const isCut = argument.kind === 'binary' && argument.operator === 'where'
  const of = isCut ? argument.left : argument
  const where = isCut ? { where: codeOf(blueprint, argument.right) } : {}
  const [over, value] = of.kind === 'member' ? [of.object, nameOf(blueprint, of.name.text)] : [of, undefined]
  return {
    ...{ op: 'fold', type: text, fn: fn as 'sum', over: codeOf(blueprint, over) },
    ...{ ...where, ...(value && { value }) },
  }
}

/** `订单.客户.等级` as it is written; nothing else has a path. */
export function pathOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.name
  return expression.kind === 'member' ? `${pathOf(expression.object)}.${expression.name.text}` : ''
}

function binaryOf(blueprint: Blueprint, { operator, left, right }: Expression & { kind: 'binary' }): Code {
  const [a, b] = [codeOf(blueprint, left), codeOf(blueprint, right)]
  const isRange = right.kind === 'binary' && (right.operator === '..' || right.operator === '..<')
  if (operator === 'in' && isRange)
    return apply('and', [
      apply('>=', [a, codeOf(blueprint, right.left)]),
      apply(right.operator === '..' ? '<=' : '<', [a, codeOf(blueprint, right.right)]),
    ])
  if (operator === 'within') return apply('within', [said(`last(${pathOf(left)})`), b])
  if (operator === '+' && isLiteral(right, 'time')) return apply('moment', [a, b])
  if ((operator === '+' || operator === '-') && isLiteral(right, 'duration'))
    return apply(`date${operator}`, [a, b])
  if (operator === '..' || operator === '..<')
    return said(`${readCode(blueprint, a)} 到 ${readCode(blueprint, b)}`)
  return apply(operator, [a, b])
}

function isLiteral(expression: Expression, kind: 'time' | 'duration'): boolean {
  return expression.kind === 'literal' && expression.literal === kind
}
