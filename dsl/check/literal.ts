import {
  MAX_DURATION_YEARS,
  decodeValue,
  findRegion,
  instantOf,
  isDate,
  isDecimal,
  isTime,
  negateDecimal,
  parseDecimal,
  parseMoney,
  printDecimal,
  printType,
  type JsonValue,
  type Type,
} from '#core/values'
import { unquote, type Expression, type Span } from '#dsl/syntax'
import type { Scope } from './scope.ts'

/** A constant with its type, in the form the blueprint carries; undefined when the expression is not a literal. */
export function literalOf(expression: Expression): { type: Type; value: JsonValue } | undefined {
  if (expression.kind !== 'literal') return undefined
  const { literal, image } = expression
  if (literal === 'text') return { type: { kind: 'text' }, value: unquote(image) }
  if (literal === 'int') return wholeLiteral(image)
  if (literal === 'bool') return { type: { kind: 'bool' }, value: image === 'true' }
  if (literal === 'null') return { type: { kind: 'null' }, value: null }
  if (literal === 'percent') {
    const { units, scale } = parseDecimal(image.slice(0, -1))!
    return { type: { kind: 'percent' }, value: printDecimal({ units, scale: scale + 2 }) }
  }
  // Why none: what moment it is depends on the zone.
  if (literal === 'datetime') return undefined
  if (literal === 'money') return { type: { kind: 'money' }, value: printDecimal(parseMoney(image)!.amount) }
  return { type: { kind: literal }, value: literal === 'time' ? image.padStart(5, '0') : image }
}

/** Beyond 2^53, where an int would no longer be exact, a whole number is a decimal. */
function wholeLiteral(image: string): { type: Type; value: JsonValue } {
  const value = Number(image)
  return Number.isSafeInteger(value)
    ? { type: { kind: 'int' }, value }
    : { type: { kind: 'decimal' }, value: image.replace(/^0+(?=\d)/, '') }
}

/** Whether a constant is a whole number that an int cannot hold. */
export function isTooLarge(
  { type, value }: { readonly type: Type; readonly value: JsonValue },
  wanted: Type,
): boolean {
  return wanted.kind === 'int' && type.kind === 'decimal' && /^-?\d+$/.test(String(value))
}

/** The same for a number below zero, `-5` or `-¥0.50`: cells and defaults may hold one, sizes and shares may not. */
function signedLiteralOf(expression: Expression): ReturnType<typeof literalOf> {
  if (expression.kind !== 'unary' || expression.operator !== '-') return literalOf(expression)
  const literal = literalOf(expression.operand)
  const value = literal && decodeValue(literal.value, literal.type)
  if (typeof value === 'number' && literal!.type.kind === 'int') return { ...literal!, value: 0 - value }
  return value && isDecimal(value) ? { ...literal!, value: printDecimal(negateDecimal(value)) } : undefined
}

/** `2026-11-11 10:00` in the pack's zone, in epoch milliseconds; undefined when that is none. */
export function momentOf({ zone }: Scope, written: string): number | undefined {
  const [date = '', clock = ''] = written.split(' ')
  const time = clock.padStart(5, '0')
  return isDate(date) && isTime(time) ? instantOf(`${date} ${time}`, zone) : undefined
}

/** Like `literalOf`, and reports a literal that nothing can be: 2026-02-30, 25:00, a duration of a thousand years. */
export function soundLiteralOf(scope: Scope, expression: Expression): ReturnType<typeof literalOf> {
  if (expression.kind === 'literal' && isMoment(expression))
    return momentLiteral(scope, expression, expression.image)
  const literal = signedLiteralOf(expression)
  if (literal?.type.kind === 'money') demandCurrency(scope, expression)
  if (!literal || decodeValue(literal.value, literal.type) !== undefined) return literal
  const found = scope.textOf(expression)
  if (literal.type.kind === 'duration')
    scope.report(expression, 'AX3008', { found, years: String(MAX_DURATION_YEARS) })
  else scope.report(expression, 'AX3009', { found, type: printType(literal.type) })
  return undefined
}

/** A pack reckons in one currency: an amount of another would count as so many of its own. */
function demandCurrency(scope: Scope, expression: Expression): void {
  const literal = expression.kind === 'unary' ? expression.operand : expression
  const currency = literal.kind === 'literal' ? parseMoney(literal.image)?.currency : undefined
  if (currency !== undefined && currency !== scope.currency)
    scope.report(expression, 'AX3014', { found: currency, expected: scope.currency })
}

function momentLiteral(scope: Scope, span: Span, written: string): ReturnType<typeof literalOf> {
  const at = momentOf(scope, written)
  if (at !== undefined) return { type: { kind: 'datetime' }, value: at }
  scope.report(span, 'AX3009', { found: written, type: 'datetime' })
  return undefined
}

/** The constant a cell or a default needs: a literal of `type` or a value of its enum; reports anything else. */
export function constantOf(scope: Scope, expression: Expression, type: Type): JsonValue | undefined {
  if (expression.kind === 'name' && type.kind === 'enum') {
    const known = scope.enums.get(type.name)?.values.some(value => value.name.text === expression.name)
    if (known) return expression.name
    scope.report(expression, 'AX2002', { name: expression.name })
    return undefined
  }
  const region =
    expression.kind === 'name' && type.kind === 'region' ? findRegion(expression.name) : undefined
  if (region !== undefined) return region
  if (expression.kind === 'name' && type.kind === 'region') {
    scope.report(expression, 'AX2002', { name: expression.name })
    return undefined
  }
  if (!isMoment(expression) && !signedLiteralOf(expression)) {
    scope.report(expression, 'AX4005')
    return undefined
  }
  const literal = soundLiteralOf(scope, expression)
  if (!literal) return undefined
  if (literal.type.kind === 'int' && type.kind === 'decimal') return String(literal.value)
  if (literal.type.kind === type.kind) return literal.value
  if (isTooLarge(literal, type))
    scope.report(expression, 'AX3009', { found: scope.textOf(expression), type: 'int' })
  else scope.report(expression, 'AX3001', { expected: printType(type), actual: printType(literal.type) })
  return undefined
}

function isMoment(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.literal === 'datetime'
}

/** A constant of the type, lists and rows included; a text stands for a record's key, a picture, a file. */
export function jsonOf(scope: Scope, value: Expression, type: Type): JsonValue | undefined {
  const of: Type | undefined = 'of' in type ? type.of : type.kind === 'photo' ? { kind: 'text' } : undefined
  if (of && value.kind === 'list') {
    const items = value.items.map(item => jsonOf(scope, item, of))
    return items.includes(undefined) ? undefined : (items as JsonValue[])
  }
  if (type.kind === 'ref' && value.kind === 'record') return rowOf(scope, value, type)
  if (type.kind === 'datetime' && value.kind === 'literal' && value.literal === 'text')
    return momentLiteral(scope, value, unquote(value.image))?.value
  const isText = type.kind === 'ref' || ['file', 'signature', 'scan', 'location'].includes(type.kind)
  return constantOf(scope, value, isText ? { kind: 'text' } : type)
}

function rowOf(
  scope: Scope,
  record: Expression & { kind: 'record' },
  type: Type & { kind: 'ref' },
): JsonValue | undefined {
  const fields = scope.members(type)
  const row: Record<string, JsonValue> = {}
  for (const { name, value } of record.entries) {
    const field = fields.get(name.text)
    if (!field) scope.report(name, 'AX2002', { name: name.text })
    const json = field && jsonOf(scope, value, field)
    if (json === undefined) return undefined
    row[name.text] = json
  }
  return row
}
