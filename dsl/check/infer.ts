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
import { writtenPath, type Expression, type Span } from '#dsl/syntax'
import { comparison } from './compare.ts'
import { inferFold, isFold } from './fold.ts'
import { inferExtreme } from './extreme.ts'
import { functions, printTypes, type FunctionDoc } from './functions.ts'
import { demandKnown, knownIn } from './known.ts'
import { isTooLarge, soundLiteralOf } from './literal.ts'
import { numeric, operationOf } from './operator.ts'
import type { Scope } from './scope.ts'
import { unified, widened } from './unify.ts'

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
const compares: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'has'])

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
  const wider = type.kind === 'null' ? undefined : unified(type, wanted)
  if (wider && sameType(wider, wanted)) return { ...inferred, code: widened(inferred.code, wanted) }
  if (inferred.code.op === 'const' && isTooLarge(inferred.code, wanted))
    scope.report(span, 'AX3009', { found: scope.textOf(span), type: 'int' })
  else scope.report(span, 'AX3001', { expected: printType(wanted), actual: printType(type) })
  return undefined
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
  const mayBeRegion = wanted === undefined || wanted.kind === 'region' || wanted.kind === 'null'
  const region = mayBeRegion ? findRegion(name) : undefined
  if (region !== undefined)
    return { code: { op: 'const', type: { kind: 'region' }, value: region }, exact: true }
  const inputs = scope.tableInputs.get(name)
  if (inputs) scope.report(expression, 'AX3004', { name, expected: namesOf(inputs) })
  else scope.report(expression, 'AX2002', { name })
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
    const operand = inferCondition(place, expression.operand)
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
  if (operator === 'in' && isRange(written)) return inferWithin(place, left, written)
  const wanted = 'of' in left.code.type ? left.code.type.of : left.code.type
  const known = operator === 'and' ? knownIn(place, left.code) : place.known
  const right = infer({ ...place, wanted, ...(known && { known }) }, written)
  if (!right) return undefined
  const operation = operationOf(operator, left.code.type, right.code.type)
  if (!operation) {
    const [a, b] = [printType(left.code.type), printType(right.code.type)]
    place.scope.report(expression, 'AX3002', { operator, left: a, right: b })
    return undefined
  }
  if (!compares.has(operator)) return applyOperator(place, operator, { ...operation, left, right })
  const isNull = (side: Inferred) => side.code.op === 'const' && side.code.type.kind === 'null'
  if (isNull(left) || isNull(right)) place.scope.report(expression, 'AX3020', { operator })
  const at = { scope: place.scope, span: expression }
  const code = comparison(at, { fn: operator, left: left.code, right: right.code })
  return code && { code, exact: true }
}

interface Applied {
  readonly type: Type
  readonly fn: string
  readonly left: Inferred
  readonly right: Inferred
}

function applyOperator(place: Place, operator: string, { type, fn, left, right }: Applied): Inferred {
  if (type.kind === 'datetime') return apply(type, fn, [left, right, zoneOf(place)])
  // Why turned round: the engine multiplies a duration by a count.
  if (fn === 'duration*' && left.code.type.kind === 'int') return apply(type, fn, [right, left])
  // A whole number of times an amount is still whole cents; a percent of it need not be.
  const counts = left.code.type.kind === 'int' || right.code.type.kind === 'int'
  const product = type.kind === 'money' && ((operator === '*' && !counts) || operator === '/')
  return { ...apply(type, fn, [left, right]), exact: !product && left.exact && right.exact }
}

/** A condition; what is absent holds as little as what is false. */
function inferCondition(place: Place, expression: Expression): Inferred | undefined {
  if (expression.kind === 'literal' && expression.literal === 'null') return infer(place, expression)
  return inferAs(place, expression, bool)
}

/** The zone that dates and times are read in: a fact where the desk gives one, else the pack's. */
function zoneOf({ names, scope }: Place): Inferred {
  return names.has(zoneName) ? fact('text', zoneName) : text(scope.zone)
}

/** Facts by which conditions about a customer read the clock and what has happened. */
export const nowName = '(now)'
export const zoneName = '(zone)'

/** `订单.下单 within 7d`: the customer's last such event is at most so long ago. */
function inferRecent(place: Place, expression: Expression & { kind: 'binary' }): Inferred | undefined {
  const last = lastEvent(place, expression.left)
  const span = inferAs(place, expression.right, { kind: 'duration' })
  if (!last) place.scope.report(expression.left, 'AX2002', { name: writtenPath(expression.left) })
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
  const name = `last(${writtenPath(event)})`
  return names.has(name) ? fact('int', name) : undefined
}

/** `open(客诉)`: the customer has such a ticket that is not closed. */
function inferOpen({ names }: Place, arg: Expression): Inferred | undefined {
  const name = `open(${writtenPath(arg)})`
  return names.has(name) ? fact('bool', name) : undefined
}

function fact(kind: 'int' | 'text' | 'bool', name: string): Inferred {
  return { code: { op: 'name', type: { kind }, name }, exact: true }
}

function isRange(expression: Expression): expression is Expression & { kind: 'binary' } {
  return expression.kind === 'binary' && (expression.operator === '..' || expression.operator === '..<')
}

function inferWithin(
  place: Place,
  value: Inferred,
  range: Expression & { kind: 'binary' },
): Inferred | undefined {
  const from = inferBound(place, range.left, value.code.type)
  const to = inferBound(place, range.right, value.code.type)
  if (!from || !to) return undefined
  const at = { scope: place.scope, span: range }
  const above = comparison(at, { fn: '>=', left: value.code, right: from.code })
  const fn = range.operator === '..' ? '<=' : '<'
  const below = above && comparison(at, { fn, left: value.code, right: to.code })
  return below && { code: { op: 'apply', type: bool, fn: 'and', args: [above, below] }, exact: true }
}

/** An end of a range: whatever the value can be compared with. */
function inferBound(place: Place, end: Expression, wanted: Type): Inferred | undefined {
  const bound = infer({ ...place, wanted }, end)
  if (!bound || unified(bound.code.type, wanted)) return bound
  expect(place, { span: end, type: bound.code.type, wanted })
  return undefined
}

function inferList(place: Place, expression: Expression & { kind: 'list' }): Inferred | undefined {
  const items = expression.items.map(item => infer(place, item))
  if (items.includes(undefined)) return undefined
  const checked = items as Inferred[]
  let of: Type = { kind: 'null' }
  for (const [index, item] of checked.entries()) {
    const both = unified(of, item.code.type)
    if (!both) {
      expect(place, { span: expression.items[index]!, type: item.code.type, wanted: of })
      return undefined
    }
    of = both
  }
  return listCode(of, checked)
}

function listCode(of: Type, items: readonly Inferred[]): Inferred {
  return {
    code: { op: 'list', type: { kind: 'list', of }, items: items.map(item => widened(item.code, of)) },
    exact: true,
  }
}

function inferCall(place: Place, expression: Expression & { kind: 'call' }): Inferred | undefined {
  const { callee, args } = expression
  const name = callee.kind === 'name' ? callee.name : ''
  const [only] = args
  if (only && args.length === 1 && isFold(name) && !only.name) return inferFold(place, name, only.value)
  if (name === 'min' || name === 'max') return inferExtreme(place, name, expression)
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
  const types = filledIn(
    declared,
    checked.map(arg => arg.code.type),
  )
  const type = types && declared.result(types)
  if (!types || !type) {
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
  const fn = typeof declared.fn === 'function' ? declared.fn(types) : (declared.fn ?? name)
  const zone = types[0]?.kind === 'datetime' ? [zoneOf(place)] : []
  return { ...apply(type, fn, [...together(declared, checked, type), ...mode, ...zone]), exact }
}

/** What absent arguments and empty lists may be taken for. */
const anyKinds = ['int', 'decimal', 'text', 'bool', 'date', 'time', 'duration', 'money', 'datetime'] as const

/** The types of the arguments, each absent one taken for the first kind that the function takes there. */
function filledIn(declared: FunctionDoc, types: readonly Type[]): readonly Type[] | undefined {
  if (declared.result(types)) return types
  const at = types.findIndex(type => type.kind === 'null' || ('of' in type && type.of.kind === 'null'))
  if (at < 0) return undefined
  for (const kind of anyKinds)
    for (const type of [{ kind }, { kind: 'list', of: { kind } }] as const) {
      const filled = filledIn(declared, types.with(at, type))
      if (filled) return filled
    }
  return undefined
}

/** Arguments that stand in one list of the result, in the form of its items. */
function together(declared: FunctionDoc, args: readonly Inferred[], type: Type): readonly Inferred[] {
  if (!declared.together || type.kind !== 'list') return args
  return args.map((arg, at) => {
    const as = declared.together![at]
    return as ? { ...arg, code: widened(arg.code, as === 'list' ? type : type.of) } : arg
  })
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

interface TableInputs {
  readonly name: string
  readonly inputs: readonly (readonly [string, Type])[]
}

const namesOf = (inputs: TableInputs['inputs']) => inputs.map(([input]) => input).join(', ')

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
    place.scope.report(call, 'AX3004', { name, expected: namesOf(inputs) })
    return undefined
  }
  const checked = args.map((arg, index) => inferAs(place, arg!.value, inputs[index]![1]))
  if (checked.includes(undefined)) return undefined
  const codes = (checked as Inferred[]).map(arg => arg.code)
  return { code: { op: 'table', type: { kind: 'answer', name }, name, args: codes }, exact: true }
}

function inferIf(place: Place, expression: Expression & { kind: 'if' }): Inferred | undefined {
  const condition = inferCondition(place, expression.condition)
  const known = condition ? knownIn(place, condition.code) : place.known
  const then = infer({ ...place, ...(known && { known }) }, expression.then)
  const otherwise = then && infer({ ...place, wanted: then.code.type }, expression.else)
  if (!condition || !otherwise) return undefined
  const type = unified(then.code.type, otherwise.code.type)
  if (!type) {
    expect(place, { span: expression.else, type: otherwise.code.type, wanted: then.code.type })
    return undefined
  }
  const branches = [then, otherwise].map(branch => ({ ...branch, code: widened(branch.code, type) }))
  return { ...apply(type, 'if', [condition, ...branches]), exact: then.exact && otherwise.exact }
}

function apply(type: Type, fn: string, args: readonly Inferred[]): Inferred {
  return { code: { op: 'apply', type, fn, args: args.map(arg => arg.code) }, exact: true }
}

function expect({ scope }: Place, found: { span: Span; type: Type; wanted: Type }): boolean {
  if (sameType(found.type, found.wanted)) return true
  scope.report(found.span, 'AX3001', { expected: printType(found.wanted), actual: printType(found.type) })
  return false
}
