import type { Type } from '#core/values'
import type { Argument, Cell, Expression, Name, TicketNode, TypeNode } from '#dsl/syntax'
import { builtins } from '#core/expression'
import { scalarKinds } from '#core/values'
import {
  candidates,
  partsOf,
  referEvent,
  referTo,
  scopeCandidates,
  type Binder,
  type Candidate,
} from './binder.ts'
import { isListed, typeSymbol, type Known, type Names } from './model.ts'
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
      binder.ask(expression.name, () => scopeCandidates(binder.model.members(owner)))
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
  binder.ask(expression, () => [
    ...valueCandidates(binder, wanted),
    ...scopeCandidates(names),
    ...candidates('name', binder.model.settings.keys()),
    ...calls(binder),
  ])
  const known: Known | undefined = names.get(name) ?? binder.model.settings.get(name)
  if (known) {
    binder.refer(known.symbol, expression)
    return known.type
  }
  const owners = [...binder.model.enums.values()].filter(node => node.values.some(v => v.name.text === name))
  const owner = owners.find(node => wanted?.kind === 'enum' && wanted.name === node.name.text) ?? owners[0]
  const listed = owner ? undefined : (['pool', 'mode'] as const).find(kind => binder.model.has(kind, name))
  if (owner) binder.refer(symbolOf('value', owner.name.text, name), expression)
  if (listed) binder.refer(symbolOf(listed, name), expression)
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
  binder.ask(callee, () => calls(binder))
  if (name === 'open') referTo(binder, 'ticket', nameOf(args[0]))
  else if (name === 'last') referEvent(binder, args[0]?.value)
  else if (model.tables.has(name) || model.prices.has(name)) {
    referTo(binder, model.tables.has(name) ? 'table' : 'price', at)
    bindArguments(binder, names, { args, inputs: inputsOf(binder, name) })
    return { kind: 'answer', name }
  } else if (folds.has(name) && args.length === 1) return bindFold(binder, names, args[0]!.value)
  else {
    const types = args.map(arg => bindExpression(binder, names, arg.value))
    return types[0]
  }
  return name === 'open' ? { kind: 'bool' } : { kind: 'date' }
}

const folds: ReadonlySet<string> = new Set(['sum', 'count', 'min', 'max', 'median'])

/** `sum(退款.金额 where not 已关闭)`: other tickets, or the rows of a list; what is cut by reads their own names, then those around. */
function bindFold(binder: Binder, names: Names, argument: Expression): Type | undefined {
  const isCut = argument.kind === 'binary' && argument.operator === 'where'
  const of = isCut ? argument.left : argument
  const [source, value] = of.kind === 'member' ? [of.object, of.name] : [of, undefined]
  const ticket = source.kind === 'name' ? binder.model.tickets.get(source.name) : undefined
  binder.ask(source, () => candidates('name', binder.model.tickets.keys()))
  if (!ticket && of.kind !== 'member') {
    const type = bindExpression(binder, names, of)
    if (isCut)
      bindExpression(binder, new Map([...names, ...binder.model.members(elementOf(type))]), argument.right)
    return elementOf(type) ?? type
  }
  if (ticket) referTo(binder, 'ticket', { ...source, text: ticket.name.text })
  const row = ticket ? undefined : elementOf(bindExpression(binder, names, source))
  const inside = ticket ? ticketNames(binder, ticket) : binder.model.members(row)
  if (value) {
    binder.ask(value, () => scopeCandidates(inside))
    binder.refer(inside.get(value.text)?.symbol, value)
  }
  if (isCut) bindExpression(binder, new Map([...names, ...inside]), argument.right)
  return value && inside.get(value.text)?.type
}

function elementOf(type: Type | undefined): Type | undefined {
  return type && 'of' in type ? type.of : undefined
}

/** A ticket's fields, and whether it ended so or so. */
function ticketNames({ model }: Binder, ticket: TicketNode): Map<string, Known> {
  const outcomes = ticket.ends.flatMap(end =>
    end.outcomes.map(({ name }): [string, Known] => [
      name.text,
      { symbol: symbolOf('end-outcome', ticket.name.text, end.name.text, name.text), type: { kind: 'bool' } },
    ]),
  )
  return new Map([...model.members({ kind: 'form', name: ticket.form.text }), ...outcomes])
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
    binder.ask(name, () =>
      candidates(
        'field',
        inputs.map(each => each.name),
      ),
    )
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
  binder.ask(callee, () => candidates('function', binder.model.actions.keys()))
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
  if (value?.kind === 'name') binder.ask(value, () => valueCandidates(binder, type))
  if (value?.kind === 'name' && type?.kind === 'enum') {
    const owned = binder.model.enums.get(type.name)?.values.some(each => each.name.text === value.name)
    if (owned) binder.refer(symbolOf('value', type.name, value.name), value)
    else if (isListed(type.name)) binder.refer(symbolOf(type.name, value.name), value)
  } else if (value?.kind === 'list')
    for (const item of value.items) bindConstant(binder, item, type && 'of' in type ? type.of : undefined)
  else if (value?.kind === 'binary') {
    bindConstant(binder, value.left, type)
    bindConstant(binder, value.right, type)
  } else if (value?.kind === 'record') bindRecord(binder, value, type)
}

/** The fields of a record of a form or an entity, and their values. */
export function bindRecord(binder: Binder, record: Expression | undefined, type: Type | undefined): void {
  bindEntries(binder, record, binder.model.members(type))
}

/** The names and values written between braces, where these may stand. */
export function bindEntries(binder: Binder, record: Expression | undefined, members: Names): void {
  for (const { name, value } of record?.kind === 'record' ? record.entries : []) {
    const member = members.get(name.text)
    binder.ask(name, () => scopeCandidates(members))
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
  binder.ask(node.name, () => [
    ...candidates('type', scalarKinds),
    ...candidates('type', [...binder.model.enums.keys(), ...binder.model.entities, ...others]),
  ])
  binder.refer(typeSymbol(binder.model.typeOf(own), binder.model.entities), node.name)
  for (const arg of node.args) bindType(binder, arg)
}

const others = ['customer', 'staff', 'store', 'set', 'list', 'map', 'enum']

/** The values of an enum; yes and no; places of the map that packs speak of. */
function valueCandidates({ model }: Binder, type: Type | undefined): Candidate[] {
  if (type?.kind === 'enum')
    return candidates('value', [
      ...(model.enums.get(type.name)?.values ?? []).map(value => value.name.text),
      ...(isListed(type.name) ? model.named(type.name) : []),
    ])
  if (type?.kind === 'region') return candidates('value', regions)
  return type?.kind === 'bool' ? candidates('value', ['true', 'false']) : []
}

/** What can be called: functions, tables, prices. */
function calls({ model }: Binder): Candidate[] {
  return [
    ...candidates('function', [...model.tables.keys(), ...model.prices.keys()]),
    ...candidates('function', [
      ...Object.keys(builtins),
      'known',
      'open',
      'last',
      'sum',
      'count',
      'median',
      'notified',
    ]),
  ]
}

/** Parts of the country, then what regions are made of. */
const regions = [
  ...['华东', '华南', '华北', '华中', '西南', '西北', '东北', '北京', '上海', '天津', '重庆', '广东', '江苏'],
  ...['浙江', '山东', '河南', '四川', '湖北', '湖南', '福建', '安徽', '河北', '陕西', '辽宁', '江西', '广西'],
  ...['云南', '贵州', '山西', '吉林', '黑龙江', '内蒙古', '新疆', '甘肃', '海南', '宁夏', '青海', '西藏'],
]

function nameOf(arg: Argument | undefined): Name | undefined {
  return arg?.value.kind === 'name' ? { ...arg.value, text: arg.value.name } : undefined
}
