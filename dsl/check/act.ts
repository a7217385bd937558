import { priorities, type ActBlueprint, type Priority } from '#core/blueprint'
import type { Act, Expression, Name, Span } from '#dsl/syntax'
import { pathText } from './action.ts'
import { inferAs, type Names } from './infer.ts'
import { reportLater } from './later.ts'
import { either, knownName, typeElsewhere, type Scope } from './scope.ts'

interface Place {
  readonly scope: Scope
  readonly names: Names
}

/** Whom a notice may name besides roles. */
const people: ReadonlySet<string> = new Set(['assignee', 'upstream', 'downstream', 'admin', 'customer'])

/** Checks acts that stand outside a ticket, where none runs yet: the names they use, and what they make. */
export function checkActs(place: Place, acts: readonly Act[]): void {
  for (const act of acts) checkAct(place, act)
}

/** Checks one act; undefined for what no engine does yet, which is said. `ask` is the flow’s own. */
export function checkAct(place: Place, act: Act): ActBlueprint | undefined {
  const { scope } = place
  const { kind, names } = act
  if (kind === 'mark') {
    const [name] = names
    const priority = name && knownName(scope, name, new Set(priorities))
    return priority === undefined ? undefined : { act: 'mark', priority: priority as Priority }
  }
  if (kind === 'notify' || kind === 'escalate') {
    const receivers = either(scope.roles, ...(kind === 'notify' ? people : ['admin']))
    const to = names.flatMap(name => knownName(scope, name, receivers) ?? [])
    if (act.text) reportLater(scope, act.text, { word: kind, name: act.text.value })
    return { act: kind, to }
  }
  reportLater(scope, act, { word: kind, name: names[0]?.text ?? kind })
  if (kind === 'task') for (const name of names) knownName(scope, name, scope.roles)
  if (kind === 'run' && act.call) checkCall(place, act.call)
  if (act.record && names[0]) checkMade(place, names[0], act.record)
  return undefined
}

/** The fields of a ticket, an entity’s record or a form that is made, each of its type. */
export function checkMade(place: Place, made: Name, record: Expression): void {
  const { scope } = place
  const form = scope.tickets.get(made.text)?.form.text ?? (scope.forms.has(made.text) ? made.text : undefined)
  if (form === undefined && !scope.entities.has(made.text)) {
    scope.report(made, 'AX2002', { name: made.text })
    return
  }
  const fields = scope.members(
    form === undefined ? { kind: 'ref', name: made.text } : { kind: 'form', name: form },
  )
  for (const { name, value } of record.kind === 'record' ? record.entries : []) {
    const type = fields.get(name.text)
    if (type) inferAs(place, value, type)
    else scope.report(name, 'AX2002', { name: name.text })
  }
}

/** `coupon.发放(customer, 券: …)`: a known action with an argument for each input. */
export function checkCall(place: Place, call: Expression): void {
  const { scope } = place
  const action = call.kind === 'call' ? scope.actions.get(pathText(call.callee)) : undefined
  if (!action || call.kind !== 'call') {
    reportUnknown(scope, call, pathText(call.kind === 'call' ? call.callee : call))
    return
  }
  if (call.args.length !== action.inputs.length) {
    const expected = action.inputs.map(input => input.name.text).join(', ')
    scope.report(call, 'AX3004', { name: action.name.text, expected })
    return
  }
  action.inputs.forEach(({ name, type }, index) => {
    const argument = call.args.find(arg => arg.name?.text === name.text) ?? call.args[index]!
    const wanted = typeElsewhere(scope, type)
    if (wanted) inferAs(place, argument.value, wanted)
  })
}

function reportUnknown(scope: Scope, at: Span, name: string): void {
  scope.report(at, 'AX2002', { name })
}
