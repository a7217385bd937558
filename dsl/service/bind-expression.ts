import type { Type } from '#core/values'
import type { Argument, Cell, Expression, Name, TypeNode } from '#dsl/syntax'
import { partsOf, referEvent, referTo, type Binder } from './binder.ts'
import { typeSymbol, type Known, type Names } from './model.ts'
import { symbolOf } from './symbol.ts'

type Call = Expression & { kind: 'call' }
type Binary = Expression & { kind: 'binary' }

/** Notes the uses in an expression the way the checker resolves them; returns its type as far as members need it. */
export function bindExpression(
  binder: Binder,
  names: Names,
  expression: Expression | undefined,
  wanted?: Type,
): Type | undefined {
  if (!expression) return undefined
  switch (expression.kind) {
    case 'literal':
      return { kind: expression.literal } as Type
    case 'name':
      return bindName(binder, names, expression, wanted)
    case 'member': {
      const owner = bindExpression(binder, names, expression.object)
      const member = binder.model.members(owner).get(expression.name.text)
      binder.refer(member?.symbol, expression.name)
      return member?.type
    }
    case 'unary':
      return bindExpression(binder, names, expression.operand)
    case 'binary':
      return bindBinary(binder, names, expression, wanted)
    case 'call':
      return bindCall(binder, names, expression)
    case 'if': {
      bindExpression(binder, names, expression.condition)
      const then = bindExpression(binder, names, expression.then)
      bindExpression(binder, names, expression.else, then)
      return then
    }
    case 'list': {
      const [of] = expression.items.map(item => bindExpression(binder, names, item, wanted))
      return of && { kind: 'list', of }
    }
    case 'record':
      for (const { value } of expression.entries) bindExpression(binder, names, value)
      return undefined
  }
}

function bindName(
  binder: Binder,
  names: Names,
  expression: Expression & { kind: 'name' },
  wanted: Type | undefined,
): Type | undefined {
  const { name } = expression
  const known: Known | undefined = names.get(name) ?? binder.model.settings.get(name)
  if (known) {
    binder.refer(known.symbol, expression)
    return known.type
  }
  const owners = [...binder.model.enums.values()].filter(node => node.values.some(v => v.name.text === name))
  const owner = owners.find(node => wanted?.kind === 'enum' && wanted.name === node.name.text) ?? owners[0]
  if (owner) binder.refer(symbolOf('value', owner.name.text, name), expression)
  return owner && { kind: 'enum', name: owner.name.text }
}

function bindBinary(binder: Binder, names: Names, node: Binary, wanted: Type | undefined): Type | undefined {
  const { operator, left, right } = node
  if (operator === 'within') {
    referEvent(binder, left)
    bindExpression(binder, names, right)
    return { kind: 'bool' }
  }
  if (operator === 'of') {
    const type = bindExpression(binder, names, left)
    if (right.kind === 'name') referTo(binder, 'hours', { ...right, text: right.name })
    return type
  }
  const isRange = operator === '..' || operator === '..<'
  const first = bindExpression(binder, names, left, isRange ? wanted : undefined)
  const second = bindExpression(binder, names, right, isRange ? wanted : first)
  if (['+', '-', '*', '/'].includes(operator)) return second?.kind === 'money' ? second : first
  return isRange ? first : { kind: 'bool' }
}

function bindCall(binder: Binder, names: Names, { callee, args }: Call): Type | undefined {
  const { model } = binder
  const name = callee.kind === 'name' ? callee.name : ''
  const at = { text: name, start: callee.start, end: callee.end }
  if (name === 'open') referTo(binder, 'ticket', nameOf(args[0]))
  else if (name === 'last') referEvent(binder, args[0]?.value)
  else if (model.tables.has(name) || model.prices.has(name)) {
    referTo(binder, model.tables.has(name) ? 'table' : 'price', at)
    bindArguments(binder, names, { args, inputs: inputsOf(binder, name) })
    return { kind: 'answer', name }
  } else {
    const types = args.map(arg => bindExpression(binder, names, arg.value))
    return types[0]
  }
  return name === 'open' ? { kind: 'bool' } : { kind: 'date' }
}

interface Input extends Known {
  readonly name: string
}

function inputsOf({ model }: Binder, table: string): Input[] {
  return (model.tables.get(table)?.grid.inputs ?? []).map(column => ({
    ...model.columnOf(table, column),
    name: column.subject.kind === 'name' ? column.subject.name : '',
  }))
}

function bindArguments(
  binder: Binder,
  names: Names,
  { args, inputs }: { args: readonly Argument[]; inputs: readonly Input[] },
): void {
  args.forEach(({ name, value }, index) => {
    const input = name ? inputs.find(each => each.name === name.text) : inputs[index]
    if (name) binder.refer(input?.symbol, name)
    bindExpression(binder, names, value, input?.type)
  })
}

/** `erp.退款(订单.号, 实退)`: the action, its inputs where they are named, and what is handed over. */
export function bindAction(binder: Binder, names: Names, expression: Expression | undefined): void {
  const callee = expression?.kind === 'call' ? expression.callee : expression
  if (!callee) return
  const name = partsOf(binder, callee)
    .map(part => part.text)
    .join('.')
  const action = binder.model.actions.get(name)
  if (action) binder.refer(symbolOf('action', name), callee)
  const inputs = (action?.inputs ?? []).map(input => ({
    name: input.name.text,
    symbol: symbolOf('parameter', name, input.name.text),
    type: binder.model.typeOf(input.type),
  }))
  if (expression?.kind === 'call') bindArguments(binder, names, { args: expression.args, inputs })
}

/** A constant of a type: values of its enum, fields of its record. */
export function bindConstant(binder: Binder, value: Expression | undefined, type: Type | undefined): void {
  if (value?.kind === 'name' && type?.kind === 'enum') {
    const owned = binder.model.enums.get(type.name)?.values.some(each => each.name.text === value.name)
    if (owned) binder.refer(symbolOf('value', type.name, value.name), value)
  } else if (value?.kind === 'list')
    for (const item of value.items) bindConstant(binder, item, type && 'of' in type ? type.of : undefined)
  else if (value?.kind === 'binary') {
    bindConstant(binder, value.left, type)
    bindConstant(binder, value.right, type)
  } else if (value?.kind === 'record') bindRecord(binder, value, type)
}

/** The fields of a record of a form or an entity, and their values. */
export function bindRecord(binder: Binder, record: Expression | undefined, type: Type | undefined): void {
  const members = binder.model.members(type)
  for (const { name, value } of record?.kind === 'record' ? record.entries : []) {
    const member = members.get(name.text)
    binder.refer(member?.symbol, name)
    bindConstant(binder, value, member?.type)
  }
}

export function bindCell(binder: Binder, cell: Cell | undefined, type: Type | undefined): void {
  for (const { value } of cell?.items ?? []) bindConstant(binder, value, type)
}

/** A type where it is written, its arguments included. */
export function bindType(binder: Binder, node: TypeNode | undefined): void {
  if (!node) return
  const own = { ...node, args: [] }
  binder.refer(typeSymbol(binder.model.typeOf(own), binder.model.entities), node.name)
  for (const arg of node.args) bindType(binder, arg)
}

function nameOf(arg: Argument | undefined): Name | undefined {
  return arg?.value.kind === 'name' ? { ...arg.value, text: arg.value.name } : undefined
}
