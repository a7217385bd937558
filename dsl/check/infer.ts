import type { Code } from '#core/blueprint'
import {
  findRegion,
  isPayable,
  parseDecimal,
  printType,
  sameType,
  type JsonValue,
  type Type,
} from '#core/values'
import type { Argument, Expression, Span } from '#dsl/syntax'
import { comparison } from './compare.ts'
import { inferFold, isFold } from './fold.ts'
import { functions, printTypes, type FunctionDoc } from './functions.ts'
import { demandKnown, knownIn } from './known.ts'
import { soundLiteralOf } from './literal.ts'
import { numeric, resultType } from './operator.ts'
import type { Scope } from './scope.ts'

/** Checked code; `exact` is false for money that may hold fractions of its minor unit and must be rounded. */
export interface Inferred {
  readonly code: Code
  readonly exact: boolean
}

export type Names = ReadonlyMap<string, Type>

/** Where an expression stands: the pack, the names it may use, and the type that would decide an ambiguous enum value. */
export interface Place {
  readonly scope: Scope
  readonly names: Names
  readonly wanted?: Type | undefined
  /** What a condition around has found to be there, as `valuesRead` writes it. */
  readonly known?: ReadonlySet<string>
}

/** Functions of the language that no engine evaluates yet. */
const laterFunctions: ReadonlySet<string> = new Set(['last', 'open', 'near', 'idle', 'in_hand'])

const bool: Type = { kind: 'bool' }
const compares: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'in'])

/** Binds names and types of an expression; reports the first thing wrong in each part and returns undefined for it. */
export function infer(place: Place, expression: Expression): Inferred | undefined {
  if (expression.kind === 'literal') {
    const literal = soundLiteralOf(place.scope, expression)
    return literal && { code: { op: 'const', ...literal }, exact: isPayableLiteral(place.scope, literal) }
  }
  if (expression.kind === 'name') return inferName(place, expression)
  if (expression.kind === 'member') return inferMember(place, expression)
  if (expression.kind === 'unary') return inferUnary(place, expression)
  if (expression.kind === 'binary') return inferBinary(place, expression)
  if (expression.kind === 'call') return inferCall(place, expression)
  if (expression.kind === 'if') return inferIf(place, expression)
  if (expression.kind === 'list') return inferList(place, expression)
  place.scope.report(expression, 'AX9001', { word: '{ }', name: '{ }' })
  return undefined
}

/** Like `infer`, and reports when the result is not of the wanted type. */
export function inferAs(place: Place, expression: Expression, wanted: Type): Inferred | undefined {
  const inferred = infer({ ...place, wanted }, expression)
  return inferred && fitted(place, { inferred, span: expression, wanted })
}

/** What was inferred as the wanted type; reports it where it is of another. A whole number is a decimal too. */
export function fitted(
  { scope }: Place,
  { inferred, span, wanted }: { inferred: Inferred; span: Span; wanted: Type },
): Inferred | undefined {
  const { type } = inferred.code
  if (sameType(type, wanted)) return inferred
  if (type.kind === 'int' && wanted.kind === 'decimal') return widened(inferred)
  scope.report(span, 'AX3001', { expected: printType(wanted), actual: printType(type) })
  return undefined
}

function widened(inferred: Inferred): Inferred {
  const { code } = inferred
  const type: Type = { kind: 'decimal' }
  if (code.op === 'const' && code.value !== null)
    return { ...inferred, code: { op: 'const', type, value: String(code.value) } }
  return apply(type, 'decimal', [inferred])
}

/** Several values as one type: decimals when whole numbers stand among decimals, else that of the first. */
function alike(place: Place, found: readonly (Inferred & { readonly span: Span })[]): Inferred[] | undefined {
  const kinds = new Set(found.map(({ code }) => code.type.kind))
  const isMixed = kinds.size === 2 && kinds.has('int') && kinds.has('decimal')
  const wanted: Type = isMixed ? { kind: 'decimal' } : found[0]!.code.type
  const all = found.map(inferred => fitted(place, { inferred, span: inferred.span, wanted }))
  return all.includes(undefined) ? undefined : (all as Inferred[])
}

function isPayableLiteral(scope: Scope, { type, value }: { type: Type; value: JsonValue }): boolean {
  return type.kind !== 'money' || isPayable(parseDecimal(value as string)!, scope.currency)
}

function inferName(
  { scope, names, wanted }: Place,
  expression: Expression & { kind: 'name' },
): Inferred | undefined {
  const { name } = expression
  const type = names.get(name) ?? scope.settings.get(name)
  if (type) return { code: { op: 'name', type, name }, exact: true }
  const owners = scope.enumsHolding(name)
  const owner = owners.find(owned => wanted?.kind === 'enum' && wanted.name === owned) ?? owners[0]
  if (owner !== undefined)
    return { code: { op: 'const', type: { kind: 'enum', name: owner }, value: name }, exact: true }
  const region = wanted?.kind === 'region' ? findRegion(name) : undefined
  if (region !== undefined)
    return { code: { op: 'const', type: { kind: 'region' }, value: region }, exact: true }
  scope.report(expression, 'AX2002', { name })
  return undefined
}

function inferMember(place: Place, expression: Expression & { kind: 'member' }): Inferred | undefined {
  const of = infer({ ...place, wanted: undefined }, expression.object)
  if (!of) return undefined
  const { type: owner } = of.code
  const name = expression.name.text
  const type = 'name' in owner ? place.scope.members(owner).get(name) : undefined
  if (type) return { code: { op: 'member', type, of: of.code, name }, exact: true }
  place.scope.report(expression.name, 'AX2002', { name: `${printType(owner)}.${name}` })
  return undefined
}

function inferUnary(place: Place, expression: Expression & { kind: 'unary' }): Inferred | undefined {
  if (expression.operator === 'not') {
    const operand = inferAs(place, expression.operand, bool)
    if (operand) demandKnown(place, expression, operand.code)
    return operand && apply(bool, 'not', [operand])
  }
  const operand = infer(place, expression.operand)
  if (!operand) return undefined
  if (numeric.has(operand.code.type.kind) || operand.code.type.kind === 'money')
    return { ...apply(operand.code.type, 'negate', [operand]), exact: operand.exact }
  return fitted(place, { inferred: operand, span: expression.operand, wanted: { kind: 'decimal' } })
}

function inferBinary(place: Place, expression: Expression & { kind: 'binary' }): Inferred | undefined {
  const { operator, right: written } = expression
  if (operator === 'within') return inferRecent(place, expression)
  const left = infer({ ...place, wanted: undefined }, expression.left)
  if (!left) return undefined
  if (
    operator === 'in' &&
    written.kind === 'binary' &&
    (written.operator === '..' || written.operator === '..<')
  )
    return inferWithin(place, left, written)
  const known = operator === 'and' ? knownIn(place, left.code) : place.known
  const right = infer({ ...place, wanted: left.code.type, ...(known && { known }) }, written)
  if (!right) return undefined
  const type = resultType(operator, left.code.type, right.code.type)
  if (type?.kind === 'datetime' && place.names.has(zoneName)) {
    const fn = left.code.type.kind === 'date' ? 'moment' : `datetime${operator}`
    return apply(type, fn, [left, right, fact('text', zoneName)])
  }
  if (type?.kind === 'bool' && compares.has(operator)) {
    const at = { scope: place.scope, span: expression }
    const code = comparison(at, { fn: operator, left: left.code, right: right.code })
    return code && { code, exact: true }
  }
  if (type && type.kind !== 'datetime') {
    // A whole number of times an amount is still whole cents; a percent of it need not be.
    const counts = left.code.type.kind === 'int' || right.code.type.kind === 'int'
    const product =
      (operator === '*' && type.kind === 'money' && !counts) || (operator === '/' && type.kind === 'money')
    const fn = type.kind === 'date' || type.kind === 'text' ? `${type.kind}${operator}` : operator
    return { ...apply(type, fn, [left, right]), exact: !product && left.exact && right.exact }
  }
  const [a, b] = [printType(left.code.type), printType(right.code.type)]
  place.scope.report(expression, 'AX3002', { operator, left: a, right: b })
  return undefined
}

/** Facts by which conditions about a customer read the clock and what has happened. */
export const nowName = '(now)'
export const zoneName = '(zone)'

/** `订单.下单 within 7d`: the customer's last such event is at most so long ago. */
function inferRecent(place: Place, expression: Expression & { kind: 'binary' }): Inferred | undefined {
  const last = lastEvent(place, expression.left)
  const span = inferAs(place, expression.right, { kind: 'duration' })
  if (!last) place.scope.report(expression.left, 'AX2002', { name: pathOf(expression.left) })
  return last && span && apply(bool, 'within', [last, span, fact('int', nowName), fact('text', zoneName)])
}

function inferHistory(place: Place, name: string, arg: Expression): Inferred | undefined {
  if (name === 'open') return inferOpen(place, arg)
  return name === 'last' ? inferLast(place, arg) : undefined
}

/** `last(订单.下单)`: the date of the customer's last such event. */
function inferLast(place: Place, arg: Expression): Inferred | undefined {
  const last = lastEvent(place, arg)
  return last && apply({ kind: 'date' }, 'date', [last, fact('text', zoneName)])
}

function lastEvent({ names }: Place, event: Expression): Inferred | undefined {
  const name = `last(${pathOf(event)})`
  return names.has(name) ? fact('int', name) : undefined
}

/** `open(客诉)`: the customer has such a ticket that is not closed. */
function inferOpen({ names }: Place, arg: Expression): Inferred | undefined {
  const name = `open(${pathOf(arg)})`
  return names.has(name) ? fact('bool', name) : undefined
}

function fact(kind: 'int' | 'text' | 'bool', name: string): Inferred {
  return { code: { op: 'name', type: { kind }, name }, exact: true }
}

function pathOf(expression: Expression): string {
  if (expression.kind === 'member') return `${pathOf(expression.object)}.${expression.name.text}`
  return expression.kind === 'name' ? expression.name : '…'
}

function inferWithin(
  place: Place,
  value: Inferred,
  range: Expression & { kind: 'binary' },
): Inferred | undefined {
  const from = inferAs(place, range.left, value.code.type)
  const to = inferAs(place, range.right, value.code.type)
  if (!from || !to) return undefined
  const at = { scope: place.scope, span: range }
  const above = comparison(at, { fn: '>=', left: value.code, right: from.code })
  const fn = range.operator === '..' ? '<=' : '<'
  const below = above && comparison(at, { fn, left: value.code, right: to.code })
  return below && { code: { op: 'apply', type: bool, fn: 'and', args: [above, below] }, exact: true }
}

function inferList(place: Place, expression: Expression & { kind: 'list' }): Inferred | undefined {
  const items = expression.items.map(item => infer(place, item))
  if (items.includes(undefined)) return undefined
  const found = (items as Inferred[]).map((item, index) => ({ ...item, span: expression.items[index]! }))
  if (found.length === 0) return listCode(place.wanted ?? { kind: 'null' }, [])
  const checked = alike(place, found)
  return checked && listCode(checked[0]!.code.type, checked)
}

function listCode(of: Type, items: readonly Inferred[]): Inferred {
  return {
    code: { op: 'list', type: { kind: 'list', of }, items: items.map(item => item.code) },
    exact: true,
  }
}

function inferCall(place: Place, expression: Expression & { kind: 'call' }): Inferred | undefined {
  const { callee, args } = expression
  const name = callee.kind === 'name' ? callee.name : ''
  const [only] = args
  if (only && args.length === 1 && isFold(name) && !only.name) return inferFold(place, name, only.value)
  if (name === 'min' || name === 'max') return inferExtreme(place, name, args)
  if (name === 'known') return inferKnown(place, expression)
  const [arg] = args
  const known = arg && inferHistory(place, name, arg.value)
  if (known) return known
  const declared = functions.get(name)
  if (declared && !place.scope.tableInputs.has(name))
    return inferFunction(place, { name, declared }, expression)
  const inputs = place.scope.tableInputs.get(name)
  if (inputs) return inferTableCall(place, { name, inputs }, expression)
  if (place.scope.prices.has(name)) return priceAnswer(place, expression)
  const code = laterFunctions.has(name) ? 'AX9001' : 'AX2002'
  place.scope.report(callee, code, { word: name, name: name || '…' })
  return undefined
}

/** `报价(报修单).应收`: what a price comes to; a field cannot be worked out from it yet. */
function priceAnswer({ scope }: Place, { callee }: Expression & { kind: 'call' }): Inferred {
  const name = callee.kind === 'name' ? callee.name : ''
  scope.report(callee, 'AX9001', { word: name, name })
  return { code: { op: 'const', type: { kind: 'answer', name }, value: null }, exact: true }
}

/** A call of a function: its arguments by place, each of a type it takes. */
function inferFunction(
  place: Place,
  { name, declared }: { name: string; declared: FunctionDoc },
  call: Expression & { kind: 'call' },
): Inferred | undefined {
  const args = call.args.map(arg => infer({ ...place, wanted: undefined }, arg.value))
  if (args.includes(undefined)) return undefined
  const checked = args as Inferred[]
  const type = declared.result(checked.map(arg => arg.code.type))
  if (!type) {
    const given = printTypes(checked.map(arg => arg.code.type))
    place.scope.report(call, 'AX3010', {
      name,
      expected: declared.parameters.join(', '),
      given: given || '—',
    })
    return undefined
  }
  const mode = name.startsWith('round_') ? [text(name.slice('round_'.length))] : []
  const exact = mode.length > 0 || (!declared.inexact && checked.every(arg => arg.exact))
  return { ...apply(type, declared.fn ?? name, [...checked, ...mode]), exact }
}

function text(value: string): Inferred {
  return { code: { op: 'const', type: { kind: 'text' }, value }, exact: true }
}

/** `known(核查结论)`: whether a value is there at all; the one question an absent value answers. */
function inferKnown(place: Place, call: Expression & { kind: 'call' }): Inferred | undefined {
  const [arg] = call.args
  const value = arg && infer({ ...place, wanted: undefined }, arg.value)
  if (!arg) place.scope.report(call, 'AX3004', { name: 'known', expected: '…' })
  return value && apply(bool, 'known', [value])
}

function inferExtreme(place: Place, fn: 'min' | 'max', args: readonly Argument[]): Inferred | undefined {
  const start = args[0] && infer(place, args[0].value)
  if (!start) return undefined
  const others = args.slice(1).map(arg => infer({ ...place, wanted: start.code.type }, arg.value))
  if (others.includes(undefined)) return undefined
  const found = [start, ...(others as Inferred[])].map((each, index) => ({
    ...each,
    span: args[index]!.value,
  }))
  const checked = alike(place, found)
  return checked && { ...apply(checked[0]!.code.type, fn, checked), exact: checked.every(arg => arg.exact) }
}

interface TableInputs {
  readonly name: string
  readonly inputs: readonly (readonly [string, Type])[]
}

/** A table is called with its inputs in order; naming one (`region: …`) allows any order. */
function inferTableCall(
  place: Place,
  { name, inputs }: TableInputs,
  call: Expression & { kind: 'call' },
): Inferred | undefined {
  const args = inputs.map(([input], index) => {
    const named = call.args.find(arg => arg.name?.text === input)
    return named ?? (call.args[index]?.name === undefined ? call.args[index] : undefined)
  })
  if (args.includes(undefined) || call.args.length !== inputs.length) {
    const expected = inputs.map(([input]) => input).join(', ')
    place.scope.report(call, 'AX3004', { name, expected })
    return undefined
  }
  const checked = args.map((arg, index) => inferAs(place, arg!.value, inputs[index]![1]))
  if (checked.includes(undefined)) return undefined
  const codes = (checked as Inferred[]).map(arg => arg.code)
  return { code: { op: 'table', type: { kind: 'answer', name }, name, args: codes }, exact: true }
}

function inferIf(place: Place, expression: Expression & { kind: 'if' }): Inferred | undefined {
  const condition = inferAs(place, expression.condition, bool)
  const known = condition ? knownIn(place, condition.code) : place.known
  const then = infer({ ...place, ...(known && { known }) }, expression.then)
  const otherwise = then && infer({ ...place, wanted: then.code.type }, expression.else)
  if (!condition || !otherwise) return undefined
  const ways = [
    { ...then, span: expression.then },
    { ...otherwise, span: expression.else },
  ]
  const [yes, no] = alike(place, ways) ?? []
  return yes && no && { ...apply(yes.code.type, 'if', [condition, yes, no]), exact: yes.exact && no.exact }
}

function apply(type: Type, fn: string, args: readonly Inferred[]): Inferred {
  return { code: { op: 'apply', type, fn, args: args.map(arg => arg.code) }, exact: true }
}
