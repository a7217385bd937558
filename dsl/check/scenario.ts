import type { Code, SpanBlueprint } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import type { Entry, Expression, Name, ScenarioNode, ScenarioStep as StepNode, Span } from '#dsl/syntax'
import { checkSpan } from './span.ts'
import { inferAs, type Names } from './infer.ts'
import { jsonOf } from './literal.ts'
import { knownName, typeElsewhere, type Scope } from './scope.ts'

/** A story with its names resolved; values are constants in their JSON form. */
export interface Scenario {
  readonly title: string
  readonly start: number
  readonly steps: readonly ScenarioStep[]
}

export type ScenarioStep = Span &
  (
    | { readonly kind: 'at'; readonly local: string }
    | { readonly kind: 'given'; readonly record: GivenRecord }
    | { readonly kind: 'given-action'; readonly action: string; readonly output: Fields }
    | {
        readonly kind: 'create'
        readonly ticket: string
        readonly fields: Fields
        readonly as: string | null
      }
    | {
        readonly kind: 'do'
        readonly node: string
        readonly event: string
        readonly fields: Fields
        readonly as: string
      }
    | { readonly kind: 'wait'; readonly span: SpanBlueprint }
    | { readonly kind: 'expect'; readonly condition: Expectation }
  )

export type Fields = Readonly<Record<string, JsonValue>>

/** A record the story starts with; a field may hold a record of its own. */
export interface GivenRecord {
  readonly entity: string
  readonly fields: Readonly<Record<string, JsonValue | GivenRecord>>
}

export type Expectation =
  | { readonly is: 'both'; readonly left: Expectation; readonly right: Expectation }
  | { readonly is: 'either'; readonly left: Expectation; readonly right: Expectation }
  | { readonly is: 'not'; readonly operand: Expectation }
  | { readonly is: 'in'; readonly ticket: string; readonly place: string }
  | { readonly is: 'notified'; readonly who: string }
  | { readonly is: 'code'; readonly code: Code }

/** Checks a story; steps with faults are reported and left out. */
export function checkScenario(scope: Scope, node: ScenarioNode): Scenario {
  const names: Names = new Map<string, Type>([
    ...[...scope.tickets].map(([name, ticket]): [string, Type] => [
      name,
      { kind: 'form', name: ticket.form.text },
    ]),
    ...[...scope.entities].map((name): [string, Type] => [name, { kind: 'ref', name }]),
  ])
  const steps = node.steps.flatMap(step => {
    const checked = checkStep({ scope, names }, step)
    return checked ? [{ ...checked, start: step.start, end: step.end } as ScenarioStep] : []
  })
  return { title: node.name.text, start: node.start, steps }
}

interface Story {
  readonly scope: Scope
  readonly names: Names
}

function checkStep(story: Story, step: StepNode): object | undefined {
  const { scope } = story
  if (step.kind === 'at') return { kind: 'at', local: `${step.date} ${step.time.padStart(5, '0')}` }
  if (step.kind === 'wait') return { kind: 'wait', span: checkSpan(story, step.duration) }
  if (step.kind === 'expect') {
    const condition = checkExpectation(story, step.condition)
    return condition && { kind: 'expect', condition }
  }
  if (step.kind === 'given') {
    const entity = knownName(scope, step.entity, scope.entities)
    const record = entity && givenRecord(scope, entity, step.record)
    return record ? { kind: 'given', record } : undefined
  }
  if (step.kind === 'given-action') return checkGivenAction(scope, step)
  if (step.kind === 'create') {
    const ticket = knownName(scope, step.ticket, scope.tickets)
    if (ticket === undefined) return undefined
    const fields = fieldsOf(scope, ticket, step.record)
    return { kind: 'create', ticket, fields, as: step.as ? roleOf(scope, step.as) : null }
  }
  return checkDo(scope, step)
}

/** `受理.同意`: the node and the transition, of whichever ticket has them. */
function checkDo(scope: Scope, step: StepNode & { kind: 'do' }): object | undefined {
  const [node = '', event = ''] = step.transition.text.split('.')
  const owner = [...scope.tickets].find(([, ticket]) =>
    [...ticket.nodes, ...ticket.parallels.flatMap(p => p.branches.flatMap(b => b.nodes))].some(
      station =>
        station.name.text === node && station.reactions.some(r => r.events.some(e => e.text === event)),
    ),
  )
  if (!owner) {
    scope.report(step.transition, 'AX2002', { name: step.transition.text })
    return undefined
  }
  const fields = step.record ? fieldsOf(scope, owner[0], step.record) : {}
  return { kind: 'do', node, event, fields, as: roleOf(scope, step.as) }
}

/** What an action answers in this story instead of being run. */
function checkGivenAction(scope: Scope, step: StepNode & { kind: 'given-action' }): object | undefined {
  const action = scope.actions.get(step.action.text)
  if (!action) {
    scope.report(step.action, 'AX2002', { name: step.action.text })
    return undefined
  }
  const output: Record<string, JsonValue> = {}
  for (const { name, value } of entriesOf(step.record)) {
    const field = action.outputs.find(output => output.name.text === name.text)
    if (!field) scope.report(name, 'AX2002', { name: name.text })
    else if (field.type.values.length > 0 && value.kind === 'name') output[name.text] = value.name
    else
      output[name.text] = jsonOf(scope, value, typeElsewhere(scope, field.type) ?? { kind: 'text' }) ?? null
  }
  return { kind: 'given-action', action: step.action.text, output }
}

function roleOf(scope: Scope, name: Name): string {
  return knownName(scope, name, new Set([...scope.roles, 'customer'])) ?? ''
}

function fieldsOf(scope: Scope, ticket: string, record: Expression): Fields {
  const form = scope.tickets.get(ticket)!.form.text
  const types = scope.members({ kind: 'form', name: form })
  const fields = entriesOf(record).map(entry => [entry.name.text, valueOf(scope, types, entry)] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Fields
}

function givenRecord(scope: Scope, entity: string, record: Expression): GivenRecord {
  const types = scope.members({ kind: 'ref', name: entity })
  const fields = entriesOf(record).flatMap(entry => {
    const type = types.get(entry.name.text)
    const value =
      type?.kind === 'ref' && entry.value.kind === 'record'
        ? givenRecord(scope, type.name, entry.value)
        : valueOf(scope, types, entry)
    return value === undefined ? [] : [[entry.name.text, value] as const]
  })
  return { entity, fields: Object.fromEntries(fields) }
}

function entriesOf(record: Expression): readonly Entry[] {
  return record.kind === 'record' ? record.entries : []
}

function valueOf(scope: Scope, types: Names, entry: Entry): JsonValue | undefined {
  const type = types.get(entry.name.text)
  if (type) return jsonOf(scope, entry.value, type)
  scope.report(entry.name, 'AX2002', { name: entry.name.text })
  return undefined
}

function checkExpectation(story: Story, expression: Expression): Expectation | undefined {
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const left = checkExpectation(story, expression.left)
    const right = checkExpectation(story, expression.right)
    return (
      left &&
      right &&
      (expression.operator === 'and' ? { is: 'both', left, right } : { is: 'either', left, right })
    )
  }
  if (expression.kind === 'unary' && expression.operator === 'not') {
    const operand = checkExpectation(story, expression.operand)
    return operand && { is: 'not', operand }
  }
  if (expression.kind === 'binary' && expression.operator === 'in') {
    const inPlace = checkPlace(story.scope, expression.left, expression.right)
    if (inPlace) return inPlace
  }
  if (
    expression.kind === 'call' &&
    expression.callee.kind === 'name' &&
    expression.callee.name === 'notified'
  )
    return checkNotified(story.scope, expression)
  const inferred = inferAs(story, expression, { kind: 'bool' })
  return inferred && { is: 'code', code: inferred.code }
}

/** `退款 in 复核`, `退款 in 结束.已退款`; undefined when the left side is no ticket. */
function checkPlace(scope: Scope, left: Expression, right: Expression): Expectation | undefined {
  const ticket = left.kind === 'name' ? scope.tickets.get(left.name) : undefined
  if (!ticket || left.kind !== 'name') return undefined
  const text =
    right.kind === 'member' && right.object.kind === 'name'
      ? `${right.object.name}.${right.name.text}`
      : undefined
  const place = right.kind === 'name' ? right.name : (text ?? '')
  const known = new Set([
    ...[...ticket.nodes, ...ticket.parallels.flatMap(p => p.branches.flatMap(b => b.nodes))].map(
      s => s.name.text,
    ),
    ...ticket.parallels.map(p => p.name.text),
    ...ticket.ends.flatMap(end => [
      end.name.text,
      ...end.outcomes.map(o => `${end.name.text}.${o.name.text}`),
    ]),
  ])
  knownName(scope, { text: place, start: right.start, end: right.end }, known)
  return { is: 'in', ticket: left.name, place }
}

function checkNotified(scope: Scope, call: Expression & { kind: 'call' }): Expectation | undefined {
  const [arg] = call.args
  if (arg?.value.kind !== 'name') {
    scope.report(call, 'AX2002', { name: 'notified' })
    return undefined
  }
  const { name, start, end } = arg.value
  const who = knownName(scope, { text: name, start, end }, new Set([...scope.roles, 'customer', 'admin']))
  return who === undefined ? undefined : { is: 'notified', who }
}
