import type { Type } from '#core/values'
import type {
  AccessNode,
  ActionNode,
  EntityNode,
  EnumNode,
  FieldNode,
  FormNode,
  LabelItem,
  LabelsNode,
  LibraryNode,
  Name,
  NamesNode,
  Rounding,
  SettingNode,
} from '#dsl/syntax'
import { bindAction, bindConstant, bindExpression, bindType } from './bind-expression.ts'
import { bindPlace, outcomeOf } from './bind-flow.ts'
import { candidates, referEntity, referTo, scopeCandidates, type Binder } from './binder.ts'
import { formNames, stationsOf, type Names } from './model.ts'
import { symbolOf, type SymbolKind } from './symbol.ts'

export function bindEnum(binder: Binder, { name, values }: EnumNode): void {
  binder.define(symbolOf('enum', name.text), name)
  for (const value of values) binder.define(symbolOf('value', name.text, value.name.text), value.name)
}

export function bindSetting(binder: Binder, node: SettingNode): void {
  binder.define(symbolOf('setting', node.name.text), node.name)
  bindType(binder, node.type)
  bindConstant(binder, node.bounds, binder.model.typeOf(node.type))
  bindConstant(binder, node.default, binder.model.typeOf(node.type))
}

export function bindNames(binder: Binder, { kind, names }: NamesNode): void {
  for (const item of names) {
    binder.define(symbolOf(kind, item.name.text), item.name)
    referTo(binder, 'role', item.extends)
  }
}

/** An entity, or what `extend` adds to one; the fields may read each other. */
export function bindEntity(binder: Binder, node: EntityNode): void {
  const type: Type = { kind: 'ref', name: node.name.text }
  if (node.extends) referEntity(binder, node.name)
  else binder.define(symbolOf('entity', node.name.text), node.name)
  for (const field of node.fields)
    bindField(binder, binder.model.members(type), { kind: 'field', owner: node.name, field })
  for (const event of node.events) binder.define(symbolOf('event', node.name.text, event.text), event)
}

export function bindLibrary(binder: Binder, node: LibraryNode): void {
  const members = binder.model.members({ kind: 'ref', name: node.name.text })
  binder.define(symbolOf('entity', node.name.text), node.name)
  for (const field of node.fields) bindField(binder, members, { kind: 'field', owner: node.name, field })
  for (const column of node.columns) binder.ask(column, () => scopeCandidates(members))
  for (const column of node.columns) binder.refer(members.get(column.text)?.symbol, column)
  for (const row of node.rows)
    row.values.forEach((value, index) =>
      bindConstant(binder, value, members.get(node.columns[index]?.text ?? '')?.type),
    )
}

export function bindForm(binder: Binder, node: FormNode): void {
  const names = formNames(binder.model, node.name.text)
  binder.define(symbolOf('form', node.name.text), node.name)
  referEntity(binder, node.subject)
  for (const field of node.fields) bindField(binder, names, { kind: 'form-field', owner: node.name, field })
  for (const { condition } of node.checks) bindExpression(binder, names, condition)
}

function bindField(
  binder: Binder,
  names: Names,
  { kind, owner, field }: { kind: 'field' | 'form-field'; owner: Name; field: FieldNode },
): void {
  const type = binder.model.typeOf(field.type)
  binder.define(symbolOf(kind, owner.text, field.name.text), field.name)
  bindType(binder, field.type)
  bindExpression(binder, names, field.value, type)
  bindRounding(binder, field.rounding)
  for (const clause of field.clauses) {
    if (clause.kind === 'required') bindExpression(binder, names, clause.when)
    else if (clause.kind === 'at') bindStationOf(binder, owner.text, clause.node)
    else if (clause.kind !== 'help') bindExpression(binder, names, clause.value, type)
  }
}

/** `photo at 维修`: the node of a ticket about this form. */
function bindStationOf(binder: Binder, form: string, node: Name): void {
  const about = [...binder.model.tickets.values()].filter(each => each.form.text === form)
  binder.ask(node, () =>
    candidates(
      'node',
      about.flatMap(stationsOf).map(({ name }) => name.text),
    ),
  )
  const ticket = about.find(
    each => each.form.text === form && stationsOf(each).some(station => station.name.text === node.text),
  )
  if (ticket) bindPlace(binder, ticket, node)
}

export function bindAccess(binder: Binder, node: AccessNode): void {
  const fields = binder.model.members({ kind: 'form', name: node.name.text })
  referTo(binder, 'form', node.name)
  for (const role of node.roles) {
    referTo(binder, 'role', role)
    binder.ask(role, () => candidates('role', ['customer']))
  }
  for (const row of node.rows)
    for (const field of row.fields) {
      binder.ask(field, () => scopeCandidates(fields))
      binder.refer(fields.get(field.text)?.symbol, field)
    }
}

export function bindActionNode(binder: Binder, node: ActionNode): void {
  const { text: name } = node.name
  binder.define(symbolOf('action', name), node.name)
  for (const field of [...node.inputs, ...node.outputs]) {
    binder.define(symbolOf('parameter', name, field.name.text), field.name)
    if (field.type.values.length === 0) bindType(binder, field.type)
    for (const value of field.type.values)
      binder.define(symbolOf('outcome', name, value.name.text), value.name)
  }
  const own = new Map(
    [...node.inputs, ...node.outputs].map(field => [
      field.name.text,
      { symbol: symbolOf('parameter', name, field.name.text), type: binder.model.typeOf(field.type) },
    ]),
  )
  if (node.key) binder.ask(node.key, () => candidates('name', ['ticket.id', 'run.id', ...own.keys()]))
  if (node.key?.kind === 'name') bindExpression(binder, own, node.key)
  bindAction(binder, own, node.undo)
}

/** `labels en { 退款单 "…" { 原因 "…" } }`: the first declaration that has the name. */
export function bindLabels(binder: Binder, { name: locale, items }: LabelsNode): void {
  binder.ask(locale, () => candidates('keyword', ['en', 'zh']))
  for (const item of items) {
    const { text } = item.name
    binder.ask(item.name, () => candidates('name', labelledNames(binder)))
    if (binder.model.entities.has(text)) referEntity(binder, item.name)
    else {
      const kind = labelled.find(each => binder.model.has(each, text))
      if (kind) binder.refer(symbolOf(kind, text), item.name)
    }
    for (const inner of item.items) bindMember(binder, text, inner)
  }
}

const labelled = [
  ...(['enum', 'role', 'team', 'skill', 'hours', 'form', 'ticket', 'table'] as const),
  ...(['setting', 'lexicon', 'segment', 'sop'] as const),
] satisfies SymbolKind[]

function labelledNames({ model }: Binder): string[] {
  return [...model.entities, ...labelled.flatMap(kind => model.named(kind))]
}

/** What the labels of a declaration may speak of. */
function membersNamed({ model }: Binder, owner: string): string[] {
  const ticket = model.tickets.get(owner)
  const stations = ticket ? stationsOf(ticket) : []
  const clocks = [...(ticket?.clocks ?? []), ...stations.flatMap(station => station.clocks)]
  return [
    ...model.members({ kind: 'form', name: owner }).keys(),
    ...model.members({ kind: 'ref', name: owner }).keys(),
    ...(model.enums.get(owner)?.values ?? []).map(value => value.name.text),
    ...[...stations, ...clocks].map(({ name }) => name.text),
    ...stations.flatMap(station => (station.public ? [`${station.name.text}.public`] : [])),
    ...stations.flatMap(({ reactions }) => reactions.flatMap(({ events }) => events.map(({ text }) => text))),
    ...(ticket?.ends ?? []).flatMap(end => end.outcomes.map(each => `${end.name.text}.${each.name.text}`)),
  ]
}

/** How a figure is rounded. */
export function bindRounding(binder: Binder, rounding: Rounding | undefined): void {
  binder.ask(rounding?.mode, () => candidates('keyword', ['half_up', 'down', 'half_even', 'up']))
}

function bindMember(binder: Binder, owner: string, { name }: LabelItem): void {
  const { enums, tickets, members } = binder.model
  binder.ask(name, () => candidates('name', membersNamed(binder, owner)))
  const own =
    members({ kind: 'form', name: owner }).get(name.text) ??
    members({ kind: 'ref', name: owner }).get(name.text)
  if (enums.get(owner)?.values.some(value => value.name.text === name.text))
    return binder.refer(symbolOf('value', owner, name.text), name)
  if (own) return binder.refer(own.symbol, name)
  const ticket = tickets.get(owner)
  if (!ticket) return
  const stations = stationsOf(ticket)
  const reacting = stations.filter(station =>
    station.reactions.some(reaction => reaction.events.some(event => event.text === name.text)),
  )
  const outcome = reacting.every(({ run }) => run) && reacting[0] && outcomeOf(binder, reacting[0].run!, name)
  const clocks = [...ticket.clocks, ...stations.flatMap(station => station.clocks)]
  if (stations.some(station => station.name.text === name.text) || name.text.includes('.'))
    bindPlace(binder, ticket, name)
  else if (outcome) binder.refer(outcome, name)
  else if (reacting.length > 0) binder.refer(symbolOf('transition', owner, name.text), name)
  else if (clocks.some(clock => clock.name.text === name.text))
    binder.refer(symbolOf('clock', owner, name.text), name)
}
