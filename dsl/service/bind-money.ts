import {
  placeholdersIn,
  type Cell,
  type Expression,
  type LimitNode,
  type Name,
  type PriceNode,
  type Recurrence,
  type SettleNode,
  type ShareNode,
  type SopNode,
  type SopStep,
  type TableNode,
  type TableTestNode,
} from '#dsl/syntax'
import { bindAction, bindCell, bindExpression, bindType } from './bind-expression.ts'
import { bindMade, bindMessage, referAudience } from './bind-offer.ts'
import { bindRounding } from './bind-data.ts'
import {
  candidates,
  partsOf,
  referEntity,
  referEvent,
  referTo,
  scopeCandidates,
  type Binder,
} from './binder.ts'
import { bindPlace } from './bind-flow.ts'
import { entityKnown, formNames, type Known, type Names } from './model.ts'
import { symbolOf } from './symbol.ts'

/** A table: its columns, the values in its cells, what it computes. */
export function bindTable(binder: Binder, node: TableNode): void {
  const { text: table } = node.name
  binder.define(symbolOf('table', table), node.name)
  const columns = [...node.grid.inputs, ...node.grid.outputs].map(column => {
    const known = binder.model.columnOf(table, column)
    if (!column.type)
      binder.ask(column.subject, () =>
        candidates('type', [
          ...binder.model.enums.keys(),
          ...binder.model.entities,
          'region',
          'pool',
          'mode',
        ]),
      )
    if (!column.type) binder.refer(known.symbol, column.subject)
    else binder.define(known.symbol!, column.subject)
    bindType(binder, column.type)
    return [nameOf(column.subject), known] as const
  })
  const names = new Map(columns)
  bindCells(
    binder,
    node,
    columns.map(([, known]) => known),
  )
  for (const computed of node.computed) {
    const symbol = symbolOf('column', table, computed.name.text)
    binder.define(symbol, computed.name)
    bindType(binder, computed.type)
    const type = bindExpression(binder, names, computed.value)
    bindRounding(binder, computed.rounding)
    names.set(computed.name.text, { symbol, type: computed.type ? binder.model.typeOf(computed.type) : type })
  }
}

function bindCells(binder: Binder, { grid }: Pick<TableNode, 'grid'>, columns: readonly Known[]): void {
  for (const row of grid.rows) {
    row.inputs.forEach((cell, index) => bindCell(binder, cell, columns[index]?.type))
    row.outputs.forEach((cell, index) => bindCell(binder, cell, columns[grid.inputs.length + index]?.type))
  }
}

/** A test by example: of a table, a price or a settlement. */
export function bindTableTest(binder: Binder, node: TableTestNode): void {
  const { model } = binder
  const { text: name } = node.name
  const tested = ['table', 'price', 'settle'] as const
  binder.ask(node.name, () =>
    candidates(
      'name',
      tested.flatMap(each => model.named(each)),
    ),
  )
  const kind = tested.find(each => model.has(each, name))
  if (!kind) return
  referTo(binder, kind, node.name)
  const { inputs, outputs } = node.grid
  const read = kind === 'table' ? tableNames(binder, name) : readNames(binder, name)
  const said = kind === 'price' ? model.members({ kind: 'answer', name }) : read
  for (const { subject } of inputs) binder.ask(subject, () => scopeCandidates(read))
  for (const { subject } of outputs)
    binder.ask(subject, () =>
      kind === 'settle' ? candidates('name', model.named('party')) : scopeCandidates(said),
    )
  const columnOf = (names: Names) => (subject: Expression) => {
    if (subject.kind !== 'name') return { type: bindExpression(binder, names, subject) }
    const known = names.get(subject.name)
    binder.refer(known?.symbol, subject)
    return known ?? {}
  }
  const partyOf = (subject: Expression) => {
    if (subject.kind === 'name') referTo(binder, 'party', { ...subject, text: subject.name })
    return {}
  }
  bindCells(binder, node, [
    ...inputs.map(({ subject }) => columnOf(read)(subject)),
    ...outputs.map(({ subject }) => (kind === 'settle' ? partyOf : columnOf(said))(subject)),
  ])
}

function tableNames({ model }: Binder, name: string): Names {
  const table = model.tables.get(name)
  const inputs = (table?.grid.inputs ?? []).map((column): [string, Known] => [
    nameOf(column.subject),
    model.columnOf(name, column),
  ])
  return new Map([...inputs, ...model.members({ kind: 'answer', name })])
}

/** What a price or the conditions of a settlement read. */
function readNames(binder: Binder, name: string): Names {
  const { model } = binder
  const settled = model.placed.find(({ node }) => node.kind === 'settle' && node.name.text === name)?.node
  const on = settled?.kind === 'settle' ? settled.on.text.split('.')[0]! : ''
  const form = model.prices.get(name)?.form.text ?? model.tickets.get(on)?.form.text ?? ''
  const about = model.entities.has(on) ? [[on, entityKnown(model, on)] as const] : []
  return new Map([...formNames(model, form), ...about, ...signalNames(binder)])
}

/** What other systems report, by the signal’s name. */
function signalNames({ model }: Binder): [string, Known][] {
  return model.placed.flatMap(({ node }): [string, Known][] => {
    const { text: name } = node.name
    return node.kind === 'signal'
      ? [[name, { symbol: symbolOf('signal', name), type: { kind: 'answer', name } }]]
      : []
  })
}

export function bindPrice(binder: Binder, node: PriceNode): void {
  const { text: price } = node.name
  const names = new Map([...formNames(binder.model, node.form.text), ...signalNames(binder)])
  binder.define(symbolOf('price', price), node.name)
  referTo(binder, 'form', node.form)
  for (const line of node.lines) {
    binder.define(symbolOf('line', price, line.name.text), line.name)
    const list = line.per && names.get(line.per.text)
    binder.ask(line.per, () => scopeCandidates(names))
    bindRounding(binder, line.rounding)
    if (line.per) binder.refer(list?.symbol, line.per)
    const row = list?.type && 'of' in list.type ? list.type.of : undefined
    const inLine = new Map([...names, ...binder.model.members(row)])
    bindExpression(binder, inLine, line.when)
    for (const step of line.steps) {
      bindExpression(binder, inLine, step.value)
      bindExpression(binder, inLine, step.when)
    }
  }
  if (node.total) binder.define(symbolOf('line', price, node.total.text), node.total)
}

/** `settle 分账 on 报修.结束.完成`: the ticket's outcome, and who gets what. */
export function bindSettle(binder: Binder, node: SettleNode): void {
  const { model } = binder
  binder.define(symbolOf('settle', node.name.text), node.name)
  const [first, ...rest] = partsOf(binder, node.on)
  const ticket = first && model.tickets.get(first.text)
  binder.ask(first, () => candidates('name', [...model.tickets.keys(), ...model.entities]))
  if (ticket) {
    referTo(binder, 'ticket', first)
    const [end] = rest
    if (end) bindPlace(binder, ticket, { start: end.start, end: node.on.end })
  } else referEvent(binder, node.on)
  const form = ticket?.form.text ?? ''
  const about =
    first && model.entities.has(first.text) ? [[first.text, entityKnown(model, first.text)] as const] : []
  const prices = [...model.prices.values()].filter(price => price.form.text === form)
  const names = new Map<string, Known>([
    ...formNames(model, form),
    ...about,
    ...prices.map(({ name: { text: name } }): [string, Known] => [
      name,
      { symbol: symbolOf('price', name), type: { kind: 'answer', name } },
    ]),
  ])
  bindExpression(binder, names, node.hold)
  bindExpression(binder, names, node.by)
  bindExpression(binder, names, node.base)
  bindRounding(binder, node.rounding)
  for (const share of node.shares) bindShare(binder, names, share)
}

function bindShare(binder: Binder, names: Names, share: ShareNode): void {
  if (share.shares.length === 0) referTo(binder, 'party', share.party)
  bindExpression(binder, names, share.when)
  for (const inner of share.shares) bindShare(binder, names, inner)
}

/** What conditions about a customer may name. */
export function reachNames(binder: Binder, more: readonly (readonly [string, Known])[] = []): Names {
  return new Map<string, Known>([
    ['customer', entityKnown(binder.model, 'customer')],
    ['today', { type: { kind: 'date' } }],
    ...more,
  ])
}

const limitColumns = ['per day', 'per week', 'per month', 'quiet', 'beyond']
const purposes = ['promo', 'service', 'urgent']

function askSending(binder: Binder, cell: Cell, column: string | undefined): void {
  for (const { value } of cell.items)
    binder.ask(value, () =>
      candidates('value', column === 'purpose' ? purposes : column === 'channel' ? channelsOf(binder) : []),
    )
}

/** By which channels and for what purpose something is sent. */
export function askChannels(
  binder: Binder,
  { channels, purpose }: { channels: readonly Name[]; purpose: Name | undefined },
): void {
  for (const channel of channels) binder.ask(channel, () => candidates('value', channelsOf(binder)))
  binder.ask(purpose, () => candidates('value', purposes))
}

function channelsOf({ model }: Binder): string[] {
  const used = model.placed.flatMap(({ node }) =>
    node.kind === 'use' && node.what.text === 'channel' ? node.names.map(({ text }) => text) : [],
  )
  return used.length > 0 ? used : ['wecom', 'sms', 'email']
}

const perWindow = new Set(['per day', 'per week', 'per month'])

export function bindLimit(binder: Binder, node: LimitNode): void {
  binder.define(symbolOf('limit', node.name.text), node.name)
  const names = reachNames(binder, [
    ['purpose', {}],
    ['channel', {}],
  ])
  const types = node.grid.inputs.map(({ subject }) => bindExpression(binder, names, subject))
  for (const { subject } of node.grid.outputs) binder.ask(subject, () => candidates('keyword', limitColumns))
  for (const row of node.grid.rows) {
    row.inputs.forEach((cell, index) => {
      const { subject } = node.grid.inputs[index] ?? {}
      askSending(binder, cell, subject && nameOf(subject))
      bindCell(binder, cell, types[index])
    })
    row.outputs.forEach((cell, index) => {
      const { subject } = node.grid.outputs[index] ?? {}
      for (const { value } of cell.items)
        if (subject && nameOf(subject) === 'beyond')
          binder.ask(value, () => candidates('keyword', ['defer', 'drop', 'send']))
      if (subject && perWindow.has(nameOf(subject)))
        for (const { value } of cell.items) bindExpression(binder, names, value)
    })
  }
  for (const { purpose } of [...node.skips, ...node.slows])
    binder.ask(purpose, () => candidates('value', purposes))
  for (const skip of node.skips) bindExpression(binder, names, skip.when)
  const counted = new Map<string, Known>([...names, ['unanswered', {}], ['category', {}], ['complaints', {}]])
  for (const { when } of [...node.slows, ...node.requires]) bindExpression(binder, counted, when)
  for (const { whose, beyond } of node.caps) {
    binder.ask(whose, () => candidates('keyword', ['sender']))
    binder.ask(beyond, () => candidates('keyword', ['queue', 'defer', 'drop']))
  }
  for (const { lexicon } of node.words) referTo(binder, 'lexicon', lexicon)
  for (const pause of node.pauses) {
    bindExpression(binder, counted, pause.when)
    for (const role of pause.notify) {
      referTo(binder, 'role', role)
      binder.ask(role, () => candidates('role', ['admin']))
    }
  }
}

/** A series: who enters it, what it sends (also the places inside its texts), what ends it. */
export function bindSop(binder: Binder, node: SopNode): void {
  binder.define(symbolOf('sop', node.name.text), node.name)
  const subjects = node.triggers.flatMap(({ subject }) => {
    const [entity = ''] = subject.text.split('.')
    return binder.model.entities.has(entity) ? [[entity, entityKnown(binder.model, entity)] as const] : []
  })
  const names = reachNames(binder, subjects)
  for (const trigger of node.triggers) {
    if (trigger.trigger === 'on') referEvent(binder, trigger.subject)
    else if (trigger.moment) referEntity(binder, trigger.subject)
    else {
      referAudience(binder, trigger.subject)
      referEntity(binder, trigger.subject)
    }
    // A moment reads the record's fields by their own names.
    const own = binder.model.members({ kind: 'ref', name: trigger.subject.text })
    bindExpression(binder, own, trigger.moment)
    for (const part of momentsOf(trigger.recurs)) bindExpression(binder, own, part)
    for (const part of [trigger.when, trigger.once]) bindExpression(binder, names, part)
  }
  for (const step of node.steps) bindStep(binder, names, { step, sop: node.name })
  for (const { event, target } of node.reactions) {
    referEvent(binder, event)
    binder.ask(target, () => candidates('keyword', ['stop', 'goal']))
  }
  for (const stop of node.stops) bindExpression(binder, names, stop)
  referEvent(binder, node.goal?.event)
  bindExpression(binder, names, node.goal?.within)
}

function momentsOf(recurs: Recurrence | undefined): Expression[] {
  if (!recurs) return []
  return recurs.kind === 'yearly' ? [recurs.moment] : [recurs.range, recurs.every]
}

function bindStep(binder: Binder, names: Names, { step, sop }: { step: SopStep; sop: Name }): void {
  if (step.kind === 'until') return void bindExpression(binder, names, step.moment)
  if (step.kind === 'wait') {
    bindExpression(binder, names, step.duration)
    binder.ask(step.target, () => candidates('keyword', ['stop', 'goal']))
    return referEvent(binder, step.until)
  }
  binder.define(symbolOf('step', sop.text, step.name.text), step.name)
  bindExpression(binder, names, step.when)
  if (step.kind === 'run') return bindAction(binder, names, step.call)
  if (step.kind === 'create') return bindMade(binder, names, { made: step.of, record: step.record })
  if (step.kind === 'send') askChannels(binder, step)
  if (step.kind === 'send') return bindMessage(binder, names, step.message)
  bindText(binder, names, step.text)
  referTo(binder, 'role', step.role)
  bindExpression(binder, names, step.due)
  for (const role of step.escalate) referTo(binder, 'role', role)
}

/** The places of a text: `{customer.name}`. */
export function bindText(binder: Binder, names: Names, { start, end }: { start: number; end: number }): void {
  for (const { path, pathStart } of placeholdersIn(binder.source.slice(start, end))) {
    const from = start + pathStart
    const [first, ...rest] = partsOf(binder, { start: from, end: from + path.length })
    if (!first) continue
    const expression = rest.reduce<Expression>(
      (object, name) => ({ kind: 'member', object, name, start: first.start, end: name.end }),
      { kind: 'name', name: first.text, start: first.start, end: first.end },
    )
    bindExpression(binder, names, expression)
  }
}

function nameOf(subject: Expression): string {
  return subject.kind === 'name' ? subject.name : ''
}
