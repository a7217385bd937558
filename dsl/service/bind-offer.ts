import type {
  AlertNode,
  Act,
  BoardNode,
  CampaignNode,
  ClassifyNode,
  Declaration,
  Expression,
  Message,
  MetricNode,
  OverlayNode,
  QuoteNode,
  RebateNode,
  SignalNode,
  SourceNode,
  SpawnNode,
  StageNode,
  TemplateNode,
} from '#dsl/syntax'
import { scalarKinds } from '#core/values'
import { bindAction, bindCell, bindConstant, bindExpression, bindType } from './bind-expression.ts'
import { askChannels, bindText, reachNames } from './bind-money.ts'
import {
  candidates,
  partsOf,
  referEntity,
  referEvent,
  referTo,
  scopeCandidates,
  type Binder,
} from './binder.ts'
import { formNames, stationsOf, type Known, type Names } from './model.ts'
import { symbolOf } from './symbol.ts'

/** The declarations of offers, campaigns and what is watched; nothing for any other kind. */
export function bindOffer(binder: Binder, node: Declaration): void {
  switch (node.kind) {
    case 'overlay':
      return bindOverlay(binder, node)
    case 'rebate':
      return bindRebate(binder, node)
    case 'quote':
      return bindQuote(binder, node)
    case 'template':
      return bindTemplate(binder, node)
    case 'stage':
      return bindStage(binder, node)
    case 'campaign':
      return bindCampaign(binder, node)
    case 'signal':
      return bindSignal(binder, node)
    case 'alert':
      return bindAlert(binder, node)
    case 'metric':
      return bindMetric(binder, node)
    case 'board':
      return bindBoard(binder, node)
    case 'classify':
      return bindClassify(binder, node)
    case 'source':
      return bindSource(binder, node)
    case 'rates':
    case 'lead-pool':
      return binder.define(symbolOf(node.kind, node.name.text), node.name)
  }
}

function bindOverlay(binder: Binder, node: OverlayNode): void {
  binder.define(symbolOf('overlay', node.name.text), node.name)
  const [price, line] = partsOf(binder, node.on)
  referTo(binder, 'price', price)
  const known = price && binder.model.prices.get(price.text)
  binder.ask(line, () =>
    candidates(
      'name',
      (known?.lines ?? []).map(each => each.name.text),
    ),
  )
  const found = known?.lines.find(each => each.name.text === line?.text)
  if (found && line) binder.refer(symbolOf('line', price!.text, line.text), line)
  for (const region of node.window?.regions ?? []) bindConstant(binder, region, { kind: 'region' })
  const names = formNames(binder.model, known?.form.text ?? '')
  const list = found?.per && names.get(found.per.text)?.type
  const row = list && 'of' in list ? binder.model.members(list.of) : []
  const inLine = new Map([...names, ...row])
  for (const step of node.steps) {
    bindExpression(binder, inLine, step.value)
    bindExpression(binder, inLine, step.when)
  }
}

function bindRebate(binder: Binder, node: RebateNode): void {
  binder.define(symbolOf('rebate', node.name.text), node.name)
  const [entity, field] = partsOf(binder, node.on)
  referEntity(binder, entity)
  const members = binder.model.members(entity && { kind: 'ref', name: entity.text })
  binder.ask(field, () => scopeCandidates(members))
  if (field) binder.refer(members.get(field.text)?.symbol, field)
  for (const { type } of [...node.grid.inputs, ...node.grid.outputs]) bindType(binder, type)
}

function bindQuote(binder: Binder, node: QuoteNode): void {
  binder.define(symbolOf('quote', node.name.text), node.name)
  referTo(binder, 'form', node.form)
  for (const { price } of node.options) referTo(binder, 'price', price)
}

function bindTemplate(binder: Binder, node: TemplateNode): void {
  binder.define(symbolOf('template', node.name.text), node.name)
  const names: Names = new Map(
    node.parameters.map(({ name }): [string, Known] => [
      name.text,
      { symbol: symbolOf('parameter', node.name.text, name.text) },
    ]),
  )
  for (const { type } of node.parameters) binder.ask(type, () => candidates('type', scalarKinds))
  for (const { name } of node.parameters)
    binder.define(symbolOf('parameter', node.name.text, name.text), name)
  for (const { text } of node.texts) bindText(binder, names, text)
}

/** What is said: the places of a text, or a template and what goes into it. */
export function bindMessage(binder: Binder, names: Names, message: Message): void {
  if (!('template' in message)) return bindText(binder, names, message)
  referTo(binder, 'template', message.template)
  for (const arg of message.args) bindExpression(binder, names, arg)
}

function bindStage(binder: Binder, node: StageNode): void {
  binder.define(symbolOf('stage', node.name.text), node.name)
  referEntity(binder, node.entity)
  const own = binder.model.members({ kind: 'ref', name: node.entity.text })
  const names = new Map([...reachNames(binder), ...own])
  for (const { name, when } of node.stages) {
    binder.define(symbolOf('stage-case', node.name.text, name.text), name)
    bindExpression(binder, names, when)
  }
  for (const { stage, acts } of node.reactions) {
    binder.ask(stage, () =>
      candidates(
        'name',
        node.stages.map(({ name }) => name.text),
      ),
    )
    if (node.stages.some(each => each.name.text === stage.text))
      binder.refer(symbolOf('stage-case', node.name.text, stage.text), stage)
    bindActs(binder, names, acts)
  }
}

function bindCampaign(binder: Binder, node: CampaignNode): void {
  binder.define(symbolOf('campaign', node.name.text), node.name)
  const own = binder.model.members({ kind: 'ref', name: 'customer' })
  const names = new Map([...reachNames(binder), ...own])
  if (node.audience) referAudience(binder, node.audience.segment)
  bindExpression(binder, names, node.audience?.when)
  bindExpression(binder, names, node.audience?.once)
  for (const arm of node.arms) {
    binder.define(symbolOf('arm', node.name.text, arm.name.text), arm.name)
    askChannels(binder, arm)
    bindMessage(binder, names, arm.message)
  }
  referTo(binder, 'metric', node.winner?.by)
  bindExpression(binder, new Map<string, Known>([...names, ['sends', {}]]), node.winner?.when)
  const counted = new Map<string, Known>([...names, ['complaints', {}], ['sends', {}]])
  for (const { when } of node.stops) bindExpression(binder, counted, when)
  referEvent(binder, node.goal?.event)
}

/** A segment, or one stage of several: `生命周期.活跃粉`. */
export function referAudience(binder: Binder, at: { start: number; end: number; text: string }): void {
  referTo(binder, 'segment', at)
  const [stages, stage] = partsOf(binder, at)
  referTo(binder, 'stage', stages)
  binder.ask(at, () => candidates('name', ['customer', ...binder.model.named('form')]))
  binder.ask(stage, () =>
    candidates(
      'name',
      binder.model.placed.flatMap(({ node }) =>
        node.kind === 'stage' && node.name.text === stages?.text
          ? node.stages.map(({ name }) => name.text)
          : [],
      ),
    ),
  )
  if (stages && stage && binder.model.has('stage', stages.text))
    binder.refer(symbolOf('stage-case', stages.text, stage.text), stage)
}

function bindSignal(binder: Binder, node: SignalNode): void {
  const { text: signal } = node.name
  binder.define(symbolOf('signal', signal), node.name)
  for (const { name, type } of node.outputs) {
    binder.define(symbolOf('signal-output', signal, name.text), name)
    bindType(binder, type)
  }
  for (const { output } of node.bounds)
    binder.ask(output, () =>
      candidates(
        'field',
        node.outputs.map(({ name }) => name.text),
      ),
    )
  for (const { output } of node.bounds)
    if (node.outputs.some(({ name }) => name.text === output.text))
      binder.refer(symbolOf('signal-output', signal, output.text), output)
  for (const { acts } of node.reactions) bindActs(binder, new Map(), acts)
}

function bindAlert(binder: Binder, node: AlertNode): void {
  binder.define(symbolOf('alert', node.name.text), node.name)
  const [owner, event] = partsOf(binder, node.on)
  const ticket = owner && binder.model.tickets.get(owner.text)
  if (ticket) referTo(binder, 'ticket', owner)
  else referEvent(binder, node.on)
  if (
    ticket &&
    event &&
    stationsOf(ticket).some(s => s.reactions.some(r => r.events.some(e => e.text === event.text)))
  )
    binder.refer(symbolOf('transition', ticket.name.text, event.text), event)
  const names = formNames(binder.model, ticket?.form.text ?? '')
  for (const part of node.by) bindExpression(binder, names, part)
  bindExpression(binder, names, node.when?.condition)
  bindActs(binder, names, node.acts)
}

function bindMetric(binder: Binder, node: MetricNode): void {
  binder.define(symbolOf('metric', node.name.text), node.name)
  bindType(binder, node.type)
  for (const { callee, args } of callsIn(node.value)) {
    binder.ask(callee, () => candidates('function', ['count', 'sum', 'median', 'min', 'max']))
    if (callee.kind !== 'name') continue
    const [arg] = args
    const filter = arg?.value.kind === 'binary' && arg.value.operator === 'where' ? arg.value : undefined
    const [source] = arg ? partsOf(binder, filter?.left ?? arg.value) : []
    referTo(binder, 'ticket', source)
    referTo(binder, 'sop', source)
    referEntity(binder, source)
    const form = source && binder.model.tickets.get(source.text)?.form.text
    const names =
      form === undefined
        ? binder.model.members(source && { kind: 'ref', name: source.text })
        : formNames(binder.model, form)
    bindExpression(binder, names, filter?.right)
  }
}

function callsIn(expression: Expression): (Expression & { kind: 'call' })[] {
  if (expression.kind === 'call') return [expression]
  return expression.kind === 'binary' ? [...callsIn(expression.left), ...callsIn(expression.right)] : []
}

function bindBoard(binder: Binder, node: BoardNode): void {
  binder.define(symbolOf('board', node.name.text), node.name)
  for (const role of node.roles) referTo(binder, 'role', role)
  for (const { metric, as, by } of node.shows) {
    referTo(binder, 'metric', metric)
    binder.ask(as, () =>
      candidates('keyword', ['number', 'line', 'bar', 'heat', 'table', 'funnel', 'rank', 'map']),
    )
    for (const name of by) binder.ask(name, () => candidates('name', keptBy(binder, metric.text)))
  }
}

/** What a metric is kept by. */
function keptBy({ model }: Binder, metric: string): string[] {
  return model.placed.flatMap(({ node }) =>
    node.kind === 'metric' && node.name.text === metric ? node.by.map(({ text }) => text) : [],
  )
}

function bindClassify(binder: Binder, node: ClassifyNode): void {
  binder.define(symbolOf('classify', node.name.text), node.name)
  referTo(binder, 'form', node.form)
  referTo(binder, 'role', node.unsure)
  const names = formNames(binder.model, node.form.text)
  const columns = [...node.grid.inputs, ...node.grid.outputs]
  for (const { subject } of columns) binder.ask(subject, () => candidates('keyword', ['words', 'priority']))
  const types = columns.map(({ subject }) => bindExpression(binder, names, subject))
  for (const row of node.grid.rows)
    [...row.inputs, ...row.outputs].forEach((cell, index) => bindCell(binder, cell, types[index]))
}

function bindSource(binder: Binder, node: SourceNode): void {
  binder.define(symbolOf('source', node.name.text), node.name)
  for (const { event, record } of node.mappings) {
    referEvent(binder, event)
    const [entity] = partsOf(binder, event)
    const members = binder.model.members(entity && { kind: 'ref', name: entity.text })
    for (const { name } of record.kind === 'record' ? record.entries : []) {
      binder.ask(name, () => scopeCandidates(members))
      binder.refer(members.get(name.text)?.symbol, name)
    }
  }
}

const people = ['assignee', 'customer', 'upstream', 'downstream', 'admin']

/** Acts that stand outside a ticket: roles, and the fields of what is made. */
export function bindActs(binder: Binder, names: Names, acts: readonly Act[]): void {
  for (const act of acts) {
    bindAction(binder, names, act.call)
    for (const name of act.names) {
      referTo(binder, 'role', name)
      binder.ask(name, () => candidates('role', act.kind === 'create' || act.kind === 'spawn' ? [] : people))
      if (act.record) bindMade(binder, names, { made: name, record: act.record })
    }
  }
}

/** `领料 { 件: 件, 数量: 数量 }`: the ticket, form or entity, its fields, and what they are given. */
export function bindMade(
  binder: Binder,
  names: Names,
  { made, record }: { made: SpawnNode['ticket']; record: Expression },
): void {
  const { model } = binder
  referTo(binder, 'ticket', made)
  referTo(binder, 'form', made)
  referEntity(binder, made)
  const form = model.tickets.get(made.text)?.form.text ?? (model.forms.has(made.text) ? made.text : undefined)
  const members = model.members(
    form === undefined ? { kind: 'ref', name: made.text } : { kind: 'form', name: form },
  )
  for (const { name, value } of record.kind === 'record' ? record.entries : []) {
    binder.ask(name, () => scopeCandidates(members))
    binder.refer(members.get(name.text)?.symbol, name)
    bindExpression(binder, names, value, members.get(name.text)?.type)
  }
}
