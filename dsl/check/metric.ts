import { printType, type Type } from '#core/values'
import { pathOf, type Expression, type MetricNode, type SopNode } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import { formNames } from './form.ts'
import { inferAs, type Names } from './infer.ts'
import { laterNamed } from './later.ts'
import { resolveType, type Scope } from './scope.ts'

const folds: ReadonlySet<string> = new Set(['count', 'sum', 'avg', 'median', 'min', 'max'])

/**
 * Checks a metric: folds (`median(报修.受理.用时)`, `count(send where opened)`) over tickets, records, SOPs and sends, joined
 * by arithmetic, of the type it says. No engine reckons it yet.
 */
export function checkMetric(scope: Scope, node: MetricNode): void {
  laterNamed(scope, node.name, 'metric')
  const wanted = resolveType(scope, node.type)
  const type = typeOf(scope, node.value)
  // Why: a part of a whole is a percent or a number, as the metric says.
  const isRatio = type?.kind === 'decimal' && (wanted?.kind === 'percent' || wanted?.kind === 'decimal')
  if (wanted && type && !isRatio && printType(type) !== printType(wanted))
    scope.report(node.value, 'AX3001', { expected: printType(wanted), actual: printType(type) })
}

function typeOf(scope: Scope, expression: Expression): Type | undefined {
  if (expression.kind === 'call') return foldType(scope, expression)
  if (expression.kind === 'binary' && ['+', '-', '*', '/'].includes(expression.operator)) {
    const left = typeOf(scope, expression.left)
    const right = typeOf(scope, expression.right)
    if (!left || !right) return undefined
    return expression.operator === '/' && left.kind === right.kind ? { kind: 'decimal' } : left
  }
  return inferAs({ scope, names: new Map() }, expression, { kind: 'int' })?.code.type
}

function foldType(scope: Scope, call: Expression & { kind: 'call' }): Type | undefined {
  const fold = call.callee.kind === 'name' ? call.callee.name : ''
  const [arg] = call.args
  if (!folds.has(fold) || !arg) {
    scope.report(call.callee, 'AX2002', { name: fold || '…' })
    return undefined
  }
  const filter = arg.value.kind === 'binary' && arg.value.operator === 'where' ? arg.value : undefined
  const path = pathOf(filter?.left ?? arg.value) ?? []
  const [source = '', ...rest] = path
  const fields = fieldsOf(scope, source)
  if (!fields) {
    scope.report(arg, 'AX2002', { name: source || '…' })
    return undefined
  }
  if (filter) inferAs({ scope, names: fields }, filter.right, { kind: 'bool' })
  if (fold === 'count') return { kind: 'int' }
  const type = fields.get(rest.join('.'))
  if (!type) scope.report(arg, 'AX2002', { name: path.join('.') })
  return type
}

/** What is known of each thing counted: a ticket’s fields, outcomes and time per node, a record’s fields, a message’s fate. */
function fieldsOf(scope: Scope, source: string): Names | undefined {
  if (source === 'send') return sends
  const ticket = scope.tickets.get(source)
  const form = ticket && scope.forms.get(ticket.form.text)
  if (ticket && form) {
    const outcomes = ticket.ends.flatMap(end => end.outcomes.map(({ name }) => name.text))
    const nodes = stationsOf(ticket).map(([{ name }]): [string, Type] => [
      `${name.text}.用时`,
      { kind: 'duration' },
    ])
    return new Map<string, Type>([
      ...formNames(scope, form),
      ...outcomes.map((name): [string, Type] => [name, { kind: 'bool' }]),
      ...nodes,
    ])
  }
  if (scope.entities.has(source)) return scope.members({ kind: 'ref', name: source })
  const sop = scope.sops.get(source)
  return sop && subjectFields(scope, sop)
}

const sends: Names = new Map<string, Type>([
  ...['opened', 'replied', 'failed'].map((name): [string, Type] => [name, { kind: 'bool' }]),
  ...['arm', 'sop', 'channel'].map((name): [string, Type] => [name, { kind: 'text' }]),
])

/** The fields of whatever brings somebody into an SOP. */
function subjectFields(scope: Scope, { triggers }: SopNode): Names {
  const entities = triggers.map(({ subject }) => subject.text.split('.')[0]!)
  return new Map(entities.flatMap(name => [...scope.members({ kind: 'ref', name })]))
}
