import type { Code, SpanBlueprint } from '#core/blueprint'
import { parseDuration } from '#core/values'
import type { Expression } from '#dsl/syntax'
import { isZero } from './field.ts'
import { inferAs, type Names } from './infer.ts'
import { knownName, type Scope } from './scope.ts'

/** `2h`, `2h of 营业`, `上门时限(城市档).时限 of 营业`; reports calendar steps of working time, which have no length. */
export function checkSpan(
  place: { readonly scope: Scope; readonly names: Names },
  written: Expression,
): SpanBlueprint {
  const working = written.kind === 'binary' && written.operator === 'of' ? written : undefined
  const inferred = inferAs(place, working?.left ?? written, { kind: 'duration' })
  const hours = working && hoursNamed(place.scope, working.right)
  const steps = inferred && hours && durationsOf(place.scope, inferred.code).find(goesByCalendar)
  if (steps)
    place.scope.report(working!.left, 'AX5011', { found: steps, hours, hoursOf: String(workingHours(steps)) })
  if (inferred?.code.op === 'const' && isZero(inferred.code.value)) place.scope.report(written, 'AX3018')
  const none = { op: 'const', type: { kind: 'duration' }, value: '0s' } as const
  return { duration: inferred?.code ?? none, hours: hours ?? null }
}

function hoursNamed(scope: Scope, expression: Expression): string | undefined {
  if (expression.kind === 'name') {
    const { name, start, end } = expression
    return knownName(scope, { text: name, start, end }, scope.hours)
  }
  scope.report(expression, 'AX2002', { name: '…' })
  return undefined
}

/** The durations a piece of code may yield, as far as the text says them: constants and a table's answers. */
function durationsOf(scope: Scope, code: Code): string[] {
  if (code.op === 'const') return typeof code.value === 'string' ? [code.value] : []
  if (code.op === 'apply') return code.args.flatMap(arg => durationsOf(scope, arg))
  if (code.op !== 'member' || code.of.op !== 'table') return []
  return scope.answers(code.of.name, code.name).filter(value => typeof value === 'string')
}

function goesByCalendar(text: string): boolean {
  const duration = parseDuration(text)
  return duration !== undefined && duration.months + duration.days > 0
}

/** What an author most likely meant: days of eight hours, five a week, twenty-one a month. */
function workingHours(text: string): number {
  const { months, days } = parseDuration(text)!
  const weeks = text.endsWith('w') ? days / 7 : 0
  return 8 * (months * 21 + (weeks > 0 ? weeks * 5 : days))
}
