import type {
  ClockNode,
  Name,
  PropertyNode,
  Reaction,
  RouteNode,
  ScenarioNode,
  ScenarioStep,
  Span,
  SpawnNode,
  StationNode,
  Target,
  TicketNode,
  Expression,
} from '#dsl/syntax'
import { pathOf } from '#dsl/syntax'
import {
  bindAction,
  bindConstant,
  bindEntries,
  bindExpression,
  bindRecord,
  bindType,
} from './bind-expression.ts'
import { bindActs, bindMade } from './bind-offer.ts'
import {
  candidates,
  partsOf,
  referEntity,
  referEvent,
  referTo,
  scopeCandidates,
  type Binder,
} from './binder.ts'
import { formNames, stationsOf, entityKnown, type Known, type Names } from './model.ts'
import { symbolOf } from './symbol.ts'

interface Flow {
  readonly binder: Binder
  readonly ticket: TicketNode
  readonly names: Names
}

/** The names of a ticket: its places, transitions and clocks, and what its clauses read. */
export function bindTicket(binder: Binder, ticket: TicketNode): void {
  const { text: name } = ticket.name
  const flow = { binder, ticket, names: formNames(binder.model, ticket.form.text) }
  binder.define(symbolOf('ticket', name), ticket.name)
  referTo(binder, 'form', ticket.form)
  for (const entry of ticket.entries) binder.ask(entry, () => candidates('keyword', entries))
  if (ticket.first) bindPlace(binder, ticket, ticket.first)
  for (const clock of ticket.clocks) bindClock(flow, clock)
  for (const node of ticket.nodes) bindStation(flow, node)
  for (const parallel of ticket.parallels) {
    binder.define(symbolOf('parallel', name, parallel.name.text), parallel.name)
    for (const branch of parallel.branches) {
      binder.define(symbolOf('branch', name, parallel.name.text, branch.name.text), branch.name)
      bindExpression(binder, flow.names, branch.when)
      for (const node of branch.nodes) bindStation(flow, node)
    }
    bindTarget(flow, parallel.target)
  }
  for (const end of ticket.ends) {
    binder.define(symbolOf('end', name, end.name.text), end.name)
    for (const outcome of end.outcomes)
      binder.define(symbolOf('end-outcome', name, end.name.text, outcome.name.text), outcome.name)
  }
}

function bindStation(flow: Flow, node: StationNode): void {
  const { binder, ticket } = flow
  binder.define(symbolOf('node', ticket.name.text, node.name.text), node.name)
  referTo(binder, 'role', node.by)
  binder.ask(node.by, () => candidates('role', ['customer']))
  bindAction(binder, flow.names, node.run)
  for (const field of node.asks) bindField(flow, field)
  for (const clock of node.clocks) bindClock(flow, clock)
  for (const reaction of node.reactions) bindReaction(flow, reaction, node)
  for (const spawn of node.spawns) bindSpawn(flow, spawn)
  for (const { clock, when } of node.pauses) {
    binder.ask(clock, () =>
      candidates(
        'name',
        [...ticket.clocks, ...node.clocks].map(each => each.name.text),
      ),
    )
    binder.refer(symbolOf('clock', ticket.name.text, clock.text), clock)
    bindExpression(binder, flow.names, when)
  }
}

function bindSpawn({ binder, names }: Flow, { ticket, record, per }: SpawnNode): void {
  const list = per && names.get(per.text)
  binder.ask(per, () => scopeCandidates(names))
  if (per) binder.refer(list?.symbol, per)
  const row = list?.type && 'of' in list.type ? binder.model.members(list.type.of) : []
  bindMade(binder, new Map([...names, ...row]), { made: ticket, record })
}

/** Why a ticket's clocks and transitions share one name wherever they stand: labels name them so. */
function bindClock(flow: Flow, clock: ClockNode): void {
  flow.binder.define(symbolOf('clock', flow.ticket.name.text, clock.name.text), clock.name)
  bindExpression(flow.binder, flow.names, clock.duration)
  for (const reaction of clock.reactions) bindReaction(flow, reaction)
}

function bindReaction(flow: Flow, reaction: Reaction, node?: StationNode): void {
  const { binder, names, ticket } = flow
  for (const event of reaction.events) {
    binder.ask(event, () => candidates('name', eventsOf(flow, node)))
    const outcome = node?.run && outcomeOf(binder, node.run, event)
    if (outcome) binder.refer(outcome, event)
    else if (event.text !== 'fault')
      binder.define(symbolOf('transition', ticket.name.text, event.text), event)
  }
  bindExpression(binder, names, reaction.moment)
  bindExpression(binder, names, reaction.when)
  for (const act of reaction.acts)
    if (act.kind === 'ask') for (const name of act.names) bindField(flow, name)
    else if (act.kind === 'mark')
      for (const name of act.names) binder.ask(name, () => candidates('value', priorities))
    else bindActs(binder, names, [act])
  bindTarget(flow, reaction.target)
  bindTarget(flow, reaction.beyond)
}

/** The outcomes of the action that a node runs; else what the ticket's nodes offer already. */
function eventsOf({ binder, ticket }: Flow, node: StationNode | undefined): string[] {
  if (node?.run) {
    const name = partsOf(binder, node.run.kind === 'call' ? node.run.callee : node.run)
    const action = binder.model.actions.get(name.map(part => part.text).join('.'))
    return [
      ...(action?.outputs ?? []).flatMap(({ type }) => type.values.map(each => each.name.text)),
      'fault',
    ]
  }
  return stationsOf(ticket).flatMap(({ reactions }) =>
    reactions.flatMap(({ events }) => events.map(({ text }) => text)),
  )
}

/** Nodes, regions and ends, these with their outcomes. */
function placesOf(ticket: TicketNode): string[] {
  const outcomes = ticket.ends.flatMap(end =>
    end.outcomes.map(outcome => `${end.name.text}.${outcome.name.text}`),
  )
  return [
    ...[...stationsOf(ticket), ...ticket.parallels].map(({ name }) => name.text),
    ...outcomes,
    ...ticket.ends.map(({ name }) => name.text),
  ]
}

const entries = ['chat', 'profile', 'group', 'workbench', 'qr', 'signal', 'event', 'web']
const picks = ['least_loaded', 'longest_idle', 'round_robin', 'weight']
const priorities = ['低', '中', '高', '紧急']

/** `成功` of the action that a node runs; undefined when the action has no such outcome. */
export function outcomeOf(binder: Binder, run: Expression, event: Name): string | undefined {
  const name = pathOf(run.kind === 'call' ? run.callee : run)?.join('.') ?? ''
  const values = binder.model.actions.get(name)?.outputs.flatMap(output => output.type.values)
  return values?.some(value => value.name.text === event.text)
    ? symbolOf('outcome', name, event.text)
    : undefined
}

function bindField({ binder, names }: Flow, field: Name): void {
  binder.ask(field, () => scopeCandidates(names))
  binder.refer(names.get(field.text)?.symbol, field)
}

function bindTarget(flow: Flow, target: Target | undefined): void {
  if (target?.name) bindPlace(flow.binder, flow.ticket, target.name)
}

/** `复核`, `处理`, `结束.已退款`. */
export function bindPlace(binder: Binder, ticket: TicketNode, at: { start: number; end: number }): void {
  const [first, second] = partsOf(binder, at)
  const owner = ticket.name.text
  binder.ask(first, () => candidates('node', placesOf(ticket)))
  binder.ask(second, () =>
    candidates(
      'node',
      ticket.ends.flatMap(each => each.outcomes.map(o => o.name.text)),
    ),
  )
  if (!first) return
  const end = ticket.ends.find(each => each.name.text === first.text)
  if (end && (second || !isStation(ticket, first.text))) {
    binder.refer(symbolOf('end', owner, first.text), first)
    if (second && ticket.ends.some(e => e.outcomes.some(o => o.name.text === second.text)))
      binder.refer(symbolOf('end-outcome', owner, first.text, second.text), second)
  } else if (isStation(ticket, first.text)) binder.refer(symbolOf('node', owner, first.text), first)
  else if (ticket.parallels.some(parallel => parallel.name.text === first.text))
    binder.refer(symbolOf('parallel', owner, first.text), first)
}

function isStation(ticket: TicketNode, name: string): boolean {
  return stationsOf(ticket).some(node => node.name.text === name)
}

/** `route 退款.受理`: the node, the columns it reads, the teams and skills it gives. */
export function bindRoute(binder: Binder, route: RouteNode): void {
  const [ticketName, node] = partsOf(binder, route.name)
  referTo(binder, 'ticket', ticketName)
  const ticket = ticketName && binder.model.tickets.get(ticketName.text)
  if (ticket && node) bindPlace(binder, ticket, node)
  const names = formNames(binder.model, ticket ? ticket.form.text : '')
  binder.ask(route.policy, () => candidates('keyword', ['first', 'unique']))
  const types = route.grid.inputs.map(({ subject }) => bindExpression(binder, names, subject))
  for (const row of route.grid.rows) {
    row.inputs.forEach((cell, index) =>
      cell.items.forEach(({ value }) => bindConstant(binder, value, types[index])),
    )
    row.outputs.forEach((cell, index) => {
      const { subject } = route.grid.outputs[index] ?? {}
      const kind = subject?.kind === 'name' && subject.name === 'skill' ? 'skill' : 'team'
      binder.ask(subject, () => candidates('keyword', ['team', 'skill']))
      for (const { value } of cell.items)
        if (value.kind === 'name') referTo(binder, kind, { ...value, text: value.name })
    })
  }
  const takers = new Map<string, Known>([...names, ['staff', entityKnown(binder.model, 'staff')]])
  for (const filter of route.filters) bindExpression(binder, takers, filter)
  for (const { by } of route.scores) {
    if (by.kind === 'call') binder.ask(by.callee, () => candidates('function', ['near', 'in_hand', 'idle']))
    bindExpression(binder, takers, by)
  }
  for (const { subject } of route.grid.outputs)
    binder.ask(subject, () => candidates('keyword', ['team', 'skill']))
  for (const pick of route.picks) binder.ask(pick, () => candidates('keyword', picks))
  binder.ask(route.keep?.what, () => candidates('keyword', ['same_assignee']))
  bindExpression(binder, names, route.after?.moment)
  referTo(binder, 'team', route.after?.target?.name)
  bindExpression(binder, names, route.keep?.within)
}

/** A property: its variables by their types, and what is said of them. */
export function bindProperty(binder: Binder, { variables, when, expects }: PropertyNode): void {
  const names = new Map<string, Known>(
    variables.map(({ name, type }) => {
      const column = { subject: { kind: 'name', name: name.text, ...name } as const, type, ...name }
      const { symbol, type: known } = binder.model.columnOf('', column)
      bindType(binder, type)
      if (!type) binder.refer(symbol, name)
      return [name.text, { type: known }]
    }),
  )
  for (const expression of [when, ...expects]) bindExpression(binder, names, expression)
}

/** A story: what it gives, who does what, and where things stand then. */
export function bindScenario(binder: Binder, { steps }: ScenarioNode): void {
  const { model } = binder
  const names = new Map<string, Known>([
    ...[...model.tickets].map(([name, ticket]): [string, Known] => [
      name,
      { symbol: symbolOf('ticket', name), type: { kind: 'form', name: ticket.form.text } },
    ]),
    ...[...model.entities].map((name): [string, Known] => [name, entityKnown(model, name)]),
  ])
  for (const step of steps) bindStep(binder, names, step)
}

function bindStep(binder: Binder, names: Names, step: ScenarioStep): void {
  const { model } = binder
  if (step.kind === 'given') {
    referEntity(binder, step.entity)
    if (step.entity.text === 'staff') bindStaff(binder, step.record)
    bindRecord(binder, step.record, { kind: 'ref', name: step.entity.text })
  } else if (step.kind === 'given-action') bindGivenAction(binder, step)
  else if (step.kind === 'given-setting') bindEntries(binder, step.record, model.settings)
  else if (step.kind === 'given-signal') {
    referTo(binder, 'signal', step.signal)
    bindRecord(binder, step.record, { kind: 'answer', name: step.signal.text })
  } else if (step.kind === 'create') {
    referTo(binder, 'ticket', step.ticket)
    referTo(binder, 'role', step.as)
    binder.ask(step.as, () => candidates('role', ['customer']))
    bindRecord(binder, step.record, formOf(model.tickets.get(step.ticket.text)))
  } else if (step.kind === 'do') bindDo(binder, step)
  else if (step.kind === 'wait') bindExpression(binder, names, step.duration)
  else if (step.kind === 'report') referEvent(binder, step.event)
  else if (step.kind === 'expect') bindExpectation(binder, names, step.condition)
}

/** `given staff { role: 客服, team: [甲组, 乙组] }`: the names that stand for a person's place at the desk. */
function bindStaff(binder: Binder, record: Expression): void {
  for (const { name, value } of record.kind === 'record' ? record.entries : []) {
    const kind = places.find(each => each === name.text)
    for (const item of value.kind === 'list' ? value.items : [value])
      if (kind && item.kind === 'name') referTo(binder, kind, { ...item, text: item.name })
  }
}

const places = ['role', 'team', 'skill'] as const

function bindDo(binder: Binder, step: ScenarioStep & { kind: 'do' }): void {
  const [node, event] = partsOf(binder, step.transition)
  const reacts = (station: StationNode) =>
    station.name.text === node?.text &&
    station.reactions.some(reaction => reaction.events.some(each => each.text === event?.text))
  const ticket = [...binder.model.tickets.values()].find(each => stationsOf(each).some(reacts))
  if (ticket && node && event) {
    bindPlace(binder, ticket, node)
    binder.refer(symbolOf('transition', ticket.name.text, event.text), event)
  }
  const all = [...binder.model.tickets.values()].flatMap(stationsOf)
  binder.ask(node, () =>
    candidates(
      'node',
      all.map(station => station.name.text),
    ),
  )
  binder.ask(event, () => {
    const own = all.filter(station => station.name.text === node?.text)
    return candidates(
      'name',
      (own.length > 0 ? own : all).flatMap(({ reactions }) =>
        reactions.flatMap(each => each.events.map(({ text }) => text)),
      ),
    )
  })
  referTo(binder, 'role', step.as)
  binder.ask(step.as, () => candidates('role', ['customer']))
  bindRecord(binder, step.record, formOf(ticket))
}

function formOf(ticket: TicketNode | undefined) {
  return ticket && ({ kind: 'form', name: ticket.form.text } as const)
}

function bindGivenAction(binder: Binder, step: ScenarioStep & { kind: 'given-action' }): void {
  const name = step.action.text
  const action = binder.model.actions.get(name)
  binder.ask(step.action, () => candidates('function', binder.model.actions.keys()))
  if (!action) return
  binder.refer(symbolOf('action', name), step.action)
  for (const { name: field, value } of step.record.kind === 'record' ? step.record.entries : []) {
    binder.ask(field, () =>
      candidates(
        'field',
        action.outputs.map(each => each.name.text),
      ),
    )
    const output = action.outputs.find(each => each.name.text === field.text)
    if (value.kind === 'name')
      binder.ask(value, () => candidates('value', output?.type.values.map(each => each.name.text) ?? []))
    if (!output) continue
    binder.refer(symbolOf('parameter', name, field.text), field)
    if (output.type.values.length === 0) bindConstant(binder, value, binder.model.typeOf(output.type))
    else if (value.kind === 'name' && output.type.values.some(each => each.name.text === value.name))
      binder.refer(symbolOf('outcome', name, value.name), value)
  }
}

function bindExpectation(binder: Binder, names: Names, expression: Expression): void {
  if (expression.kind === 'unary') return bindExpectation(binder, names, expression.operand)
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    bindExpectation(binder, names, expression.left)
    return bindExpectation(binder, names, expression.right)
  }
  if (expression.kind === 'binary' && expression.operator === 'in' && expression.left.kind === 'name') {
    const ticket = binder.model.tickets.get(expression.left.name)
    binder.ask(expression.left, () => candidates('name', binder.model.tickets.keys()))
    if (ticket) {
      binder.refer(symbolOf('ticket', ticket.name.text), expression.left)
      const { right } = expression
      const isPlace = right.kind !== 'name' || placesOf(ticket).includes(right.name)
      return isPlace
        ? bindPlace(binder, ticket, right)
        : referTo(binder, 'team', { ...right, text: right.name })
    }
  }
  const asked = expression.kind === 'call' && expression.callee.kind === 'name' ? expression.callee.name : ''
  const [arg] = expression.kind === 'call' ? expression.args : []
  const named = arg?.value.kind === 'name' ? { ...arg.value, text: arg.value.name } : undefined
  if (asked === 'notified') return referTo(binder, 'role', named)
  if (asked === 'open') return referTo(binder, 'ticket', named)
  if (verdicts.has(asked) && arg) return referStep(binder, arg.value)
  bindExpression(binder, names, expression)
}

/** What a story asks of a step’s message. */
const verdicts: ReadonlySet<string> = new Set(['sent', 'deferred', 'dropped', 'held'])

/** `问候` or `沉睡唤醒.问候`: a step that sends. */
function referStep(binder: Binder, at: Span): void {
  const parts = partsOf(binder, at)
  const step = parts.at(-1)
  const sop = binder.model.placed.find(
    ({ node }) =>
      node.kind === 'sop' &&
      (parts.length < 2 || node.name.text === parts[0]!.text) &&
      node.steps.some(each => each.kind === 'send' && each.name.text === step?.text),
  )?.node
  if (!sop || !step) return
  if (parts.length > 1) binder.refer(symbolOf('sop', sop.name.text), parts[0]!)
  binder.refer(symbolOf('step', sop.name.text, step.text), step)
}
