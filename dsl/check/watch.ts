import type { Type } from '#core/values'
import type { AlertNode, BoardNode, ClassifyNode, SignalNode } from '#dsl/syntax'
import { checkActs } from './act.ts'
import { stationsOf } from './flow.ts'
import { formNames } from './form.ts'
import { infer, inferAs, type Names } from './infer.ts'
import { laterNamed } from './later.ts'
import { constantOf } from './literal.ts'
import { knownName, resolveType, type Scope } from './scope.ts'
import { checkSpan } from './span.ts'
import { checkTest, outputOf } from './table.ts'

/** Checks a signal: typed outputs, bounds they may move in, and what its events make. No engine asks for it yet. */
export function checkSignal(scope: Scope, node: SignalNode): void {
  laterNamed(scope, node.name, 'signal')
  const names: Names = new Map([['region', { kind: 'region' }]])
  for (const arg of node.from?.args ?? []) infer({ scope, names }, arg)
  const outputs = new Map(
    node.outputs.flatMap(({ name, type }) => {
      const known = resolveType(scope, type)
      return known ? [[name.text, known] as const] : []
    }),
  )
  if (node.every) checkSpan({ scope, names }, node.every)
  for (const { output, range } of node.bounds) {
    const type = outputs.get(output.text)
    if (!type) scope.report(output, 'AX2002', { name: output.text })
    else if (range.kind !== 'binary' || range.operator !== '..') scope.report(range, 'AX3005')
    else for (const end of [range.left, range.right]) constantOf(scope, end, type)
  }
  for (const { acts } of node.reactions) checkActs({ scope, names: new Map([...names, ...outputs]) }, acts)
}

/** Checks an alert: an event or a transition to count, what it is counted by, and who is told. */
export function checkAlert(scope: Scope, node: AlertNode): void {
  laterNamed(scope, node.name, 'alert')
  const names = occasionNames(scope, node)
  if (!names) return
  for (const part of node.by) infer({ scope, names }, part)
  if (node.when) {
    const counted: Names = new Map([...names, ['count', { kind: 'int' }]])
    inferAs({ scope, names: counted }, node.when.condition, { kind: 'bool' })
    checkSpan({ scope, names }, node.when.per)
  }
  if (node.once) checkSpan({ scope, names }, node.once)
  checkActs({ scope, names }, node.acts)
}

/** `报修.完工`, a transition of a ticket, or `订单.下单`, an event of an entity. */
function occasionNames(scope: Scope, { on }: AlertNode): Names | undefined {
  const [owner = '', event = ''] = on.text.split('.')
  if (scope.events.has(on.text)) return new Map([[owner, { kind: 'ref', name: owner } as Type]])
  const ticket = scope.tickets.get(owner)
  const form = ticket && scope.forms.get(ticket.form.text)
  const happens = ticket
    ? stationsOf(ticket).some(([station]) =>
        station.reactions.some(reaction => reaction.events.some(each => each.text === event)),
      )
    : false
  if (form && happens) return formNames(scope, form)
  scope.report(on, 'AX2002', { name: on.text })
  return undefined
}

const kinds: ReadonlySet<string> = new Set([
  'number',
  'line',
  'bar',
  'heat',
  'table',
  'funnel',
  'rank',
  'map',
])

/** Checks a board: known roles and metrics, cut only by what the metric is kept by. */
export function checkBoard(scope: Scope, node: BoardNode): void {
  laterNamed(scope, node.name, 'board')
  for (const role of node.roles) knownName(scope, role, scope.roles)
  for (const { metric, as, by } of node.shows) {
    knownName(scope, as, kinds)
    if (knownName(scope, metric, scope.metrics) === undefined) continue
    const kept = new Set(scope.metrics.get(metric.text)!.by.map(name => name.text))
    for (const name of by) knownName(scope, name, kept)
  }
}

/**
 * Checks how words and facts say what a matter is: rows of `words` and fields, to fields of the form and a priority; what
 * no row takes is unsure and goes to a person.
 */
export function checkClassify(scope: Scope, node: ClassifyNode): void {
  laterNamed(scope, node.name, 'classify')
  const form = scope.forms.get(node.form.text)
  if (!form) return scope.report(node.form, 'AX2002', { name: node.form.text })
  if (!node.unsure) scope.report(node.name, 'AX6013', { name: node.name.text })
  else knownName(scope, node.unsure, scope.roles)
  const names: Names = new Map([...formNames(scope, form), ['words', { kind: 'text' }]])
  const fields = scope.members({ kind: 'form', name: node.form.text })
  const inputs = node.grid.inputs.map(({ subject }) => infer({ scope, names }, subject)?.code.type)
  const outputs = node.grid.outputs.map(column => {
    const name = column.subject.kind === 'name' ? column.subject.name : ''
    const type: Type | undefined = name === 'priority' ? { kind: 'text' } : fields.get(name)
    if (!type) scope.report(column, 'AX2002', { name: name || '…' })
    return type
  })
  for (const row of node.grid.rows) {
    row.inputs.forEach((cell, index) => {
      const type = inputs[index]
      if (type) checkTest(scope, cell, { name: '', type })
    })
    row.outputs.forEach((cell, index) => {
      const type = outputs[index]
      const isPriority = type?.kind === 'text' && cell.items[0]?.value.kind === 'name'
      if (type && !isPriority) outputOf(scope, cell, type)
    })
  }
}
