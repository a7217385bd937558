import type { Code, SpanBlueprint } from '#core/blueprint'
import type { JsonValue } from '#core/values'
import {
  pathOf,
  unquote,
  type ActionNode,
  type Entry,
  type Expression,
  type Name,
  type ScenarioNode,
  type ScenarioStep as StepNode,
  type Span,
} from '#dsl/syntax'
import { FAULT } from './action.ts'
import { checkSpan } from './span.ts'
import { checkGivenStaff, isStaffWord, type GivenStaff } from './given-staff.ts'
import { inferAs, type Names } from './infer.ts'
import { jsonOf, momentOf } from './literal.ts'
import { either, knownName, typeElsewhere, type Scope } from './scope.ts'

/** A story with its names resolved; values are constants in their JSON form. */
export interface Scenario {
  readonly title: string
  readonly start: number
  readonly steps: readonly ScenarioStep[]
}

export type ScenarioStep = Span &
  (
    | { readonly kind: 'at'; readonly local: string }
    | { readonly kind: 'given'; readonly record: GivenRecord; readonly staff?: GivenStaff }
    | { readonly kind: 'given-signal'; readonly signal: string; readonly said: Fields }
    | { readonly kind: 'given-setting'; readonly chosen: Fields }
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
    | { readonly kind: 'report'; readonly entity: string; readonly event: string }
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
  /** Some place of an open ticket is held by whoever has this name. */
  | { readonly is: 'assigned'; readonly name: string }
  /** Such a ticket is open. */
  | { readonly is: 'open'; readonly ticket: string }
  /** A message of an SOP’s step came to this before the gate. */
  | {
      readonly is: 'message'
      readonly verdict: 'sent' | 'deferred' | 'dropped' | 'held'
      readonly sop: string
      readonly step: string
    }
  | { readonly is: 'code'; readonly code: Code }

/** Checks a story; steps with faults are reported and left out. */
export function checkScenario(scope: Scope, node: ScenarioNode): Scenario {
  const names = scope.storyNames()
  const steps = node.steps.flatMap(step => {
    const checked = checkStep({ scope, names }, step)
    return checked ? [{ ...checked, start: step.start, end: step.end } as ScenarioStep] : []
  })
  return { title: node.name.text, start: node.start, steps }
}

type Call = Expression & { readonly kind: 'call' }

interface Story {
  readonly scope: Scope
  readonly names: Names
}

function checkStep(story: Story, step: StepNode): object | undefined {
  const { scope } = story
  if (step.kind === 'at') return checkStart(scope, step)
  if (step.kind === 'wait') return { kind: 'wait', span: checkSpan(story, step.duration) }
  if (step.kind === 'expect') {
    const condition = checkExpectation(story, step.condition)
    return condition && { kind: 'expect', condition }
  }
  if (step.kind === 'report') {
    const [entity = '', event = ''] = step.event.text.split('.')
    const known = knownName(scope, step.event, scope.events)
    return known === undefined ? undefined : { kind: 'report', entity, event }
  }
  if (step.kind === 'given') {
    const entity = knownName(scope, step.entity, scope.entities)
    const record = entity && givenRecord(scope, entity, step.record)
    const staff = entity === 'staff' ? { staff: checkGivenStaff(scope, step.record) } : {}
    return record ? { kind: 'given', record, ...staff } : undefined
  }
  if (step.kind === 'given-setting')
    return { kind: 'given-setting', chosen: valuesOf(scope, scope.settings, step.record) }
  if (step.kind === 'given-action') return checkGivenAction(scope, step)
  if (step.kind === 'given-signal') {
    const signal = knownName(scope, step.signal, scope.signals)
    const types = scope.members({ kind: 'answer', name: step.signal.text })
    return signal === undefined
      ? undefined
      : { kind: 'given-signal', signal, said: valuesOf(scope, types, step.record) }
  }
  if (step.kind === 'create') {
    const ticket = knownName(scope, step.ticket, scope.tickets)
    if (ticket === undefined) return undefined
    const fields = fieldsOf(scope, ticket, step.record)
    return { kind: 'create', ticket, fields, as: step.as ? roleOf(scope, step.as) : null }
  }
  return checkDo(scope, step)
}

function checkStart(scope: Scope, step: StepNode & { kind: 'at' }): object | undefined {
  const local = `${step.date} ${step.time.padStart(5, '0')}`
  if (momentOf(scope, local) !== undefined) return { kind: 'at', local }
  scope.report(step, 'AX3009', { found: local, type: 'datetime' })
  return undefined
}

/** `受理.同意`: the node and the transition, of whichever ticket has them. */
function checkDo(scope: Scope, step: StepNode & { kind: 'do' }): object | undefined {
  const [node = '', event = ''] = step.transition.text.split('.')
  const owner = scope.ticketWith(`${node}.${event}`)
  if (owner === undefined) {
    scope.report(step.transition, 'AX2002', { name: step.transition.text })
    return undefined
  }
  const fields = step.record ? fieldsOf(scope, owner, step.record) : {}
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
    else if (field.type.values.length > 0 && value.kind === 'name') {
      output[name.text] = knownName(scope, { ...value, text: value.name }, outcomesOf(field)) ?? null
    } else
      output[name.text] = jsonOf(scope, value, typeElsewhere(scope, field.type) ?? { kind: 'text' }) ?? null
  }
  return { kind: 'given-action', action: step.action.text, output }
}

/** What the output that names the outcome may say: its own values, and that the action gave no answer. */
function outcomesOf({ type }: ActionNode['outputs'][number]): ReadonlySet<string> {
  return new Set([...type.values.map(({ name }) => name.text), FAULT])
}

function roleOf(scope: Scope, name: Name): string {
  return knownName(scope, name, either(scope.roles, 'customer')) ?? ''
}

function fieldsOf(scope: Scope, ticket: string, record: Expression): Fields {
  const form = scope.tickets.get(ticket)!.form.text
  const types = scope.members({ kind: 'form', name: form })
  return valuesOf(scope, types, record)
}

function valuesOf(scope: Scope, types: Names, record: Expression): Fields {
  const fields = entriesOf(record).map(entry => [entry.name.text, valueOf(scope, types, entry)] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Fields
}

function givenRecord(scope: Scope, entity: string, record: Expression): GivenRecord {
  const types = scope.members({ kind: 'ref', name: entity })
  const fields = entriesOf(record).flatMap(entry => {
    if (entity === 'staff' && isStaffWord(entry)) return []
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
  if (expression.kind === 'call' && expression.callee.kind === 'name') {
    const { name } = expression.callee
    if (name === 'notified') return checkNotified(story.scope, expression)
    if (name === 'assigned') return checkAssigned(story.scope, expression)
    if (name === 'open') return checkOpen(story.scope, expression)
    if (isVerdict(name)) return checkMessage(story.scope, { call: expression, verdict: name })
  }
  const inferred = inferAs(story, expression, { kind: 'bool' })
  return inferred && { is: 'code', code: inferred.code }
}

/** `退款 in 复核`, `退款 in 结束.已退款`, `退款 in VIP组` for the team it waits in or was given from; undefined when the left side is no ticket. */
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
    ...scope.teams,
    ...ticket.ends.flatMap(end => [
      end.name.text,
      ...end.outcomes.map(o => `${end.name.text}.${o.name.text}`),
    ]),
  ])
  knownName(scope, { text: place, start: right.start, end: right.end }, known)
  return { is: 'in', ticket: left.name, place }
}

function checkNotified(scope: Scope, call: Call): Expectation | undefined {
  const named = argumentName(scope, call)
  const known = either(scope.roles, 'customer', 'admin')
  const who = named && knownName(scope, named, known)
  return who === undefined ? undefined : { is: 'notified', who }
}

/** `assigned("小王")`: a place is theirs now. */
function checkAssigned(scope: Scope, { args, start, end }: Call): Expectation | undefined {
  const [arg] = args
  const literal = arg?.value.kind === 'literal' && arg.value.literal === 'text' ? arg.value : undefined
  if (literal) return { is: 'assigned', name: unquote(literal.image) }
  scope.report(arg ?? { start, end }, 'AX3001', { expected: 'text', actual: '…' })
  return undefined
}

/** `open(退款)`: such a ticket is not closed yet. */
function checkOpen(scope: Scope, call: Call): Expectation | undefined {
  const named = argumentName(scope, call)
  const ticket = named && knownName(scope, named, scope.tickets)
  return ticket === undefined ? undefined : { is: 'open', ticket }
}

const verdicts = ['sent', 'deferred', 'dropped', 'held'] as const
type MessageVerdict = (typeof verdicts)[number]
const isVerdict = (name: string): name is MessageVerdict => (verdicts as readonly string[]).includes(name)

/** `sent(问候)`, `deferred(沉睡唤醒.问候)`: what the gate said of a step’s message. */
function checkMessage(
  scope: Scope,
  { call, verdict }: { call: Call; verdict: MessageVerdict },
): Expectation | undefined {
  const named = argumentName(scope, call)
  if (!named) return undefined
  const steps = [...scope.sops].flatMap(([sop, { steps }]) =>
    steps.flatMap(step => (step.kind === 'send' ? [{ sop, step: step.name.text }] : [])),
  )
  const found = steps.find(({ sop, step }) => named.text === step || named.text === `${sop}.${step}`)
  if (!found) scope.report(named, 'AX2002', { name: named.text })
  return found && { is: 'message', verdict, ...found }
}

/** The one name a question of a story is about; reports anything else. */
function argumentName(scope: Scope, { args, callee, start, end }: Call): Name | undefined {
  const text = args.length === 1 ? pathOf(args[0]!.value)?.join('.') : undefined
  if (text !== undefined) return { text, start: args[0]!.start, end: args[0]!.end }
  scope.report({ start, end }, 'AX2002', { name: callee.kind === 'name' ? callee.name : '…' })
  return undefined
}
