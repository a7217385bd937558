import type { Code } from '#core/blueprint'
import { comparisons } from '#core/expression'
import type { Span } from '#dsl/syntax'
import type { Place } from './infer.ts'

/** The form or entity whose fields an expression names by themselves. */
export const selfName = '(self)'

/**
 * A comparison with an absent value is false, so under `not` it would be true: what may be absent must be found to be
 * there first, `known(x) and not (x > 5)`.
 */
export function demandKnown(place: Place, span: Span, negated: Code): void {
  const known = place.known ?? new Set()
  const missing = comparedValues(place, negated).find(path => !known.has(path))
  if (missing !== undefined) place.scope.report(span, 'AX3015', { name: missing })
}

/** What holds once a condition holds: the values it asks `known` of, and those it compares, besides what was known before. */
export function knownIn(place: Place, condition: Code): ReadonlySet<string> {
  return new Set([...(place.known ?? []), ...valuesFound(condition)])
}

function valuesFound(code: Code): string[] {
  if (code.op !== 'apply') return []
  if (code.fn === 'and') return code.args.flatMap(valuesFound)
  return code.fn === 'known' || comparisons.has(code.fn) ? code.args.flatMap(valuesIn) : []
}

/** What a comparison that holds has read: each operator passes an absence on, `if` aside. */
function valuesIn(code: Code): string[] {
  if (code.op === 'apply') return code.fn === 'if' ? [] : code.args.flatMap(valuesIn)
  const path = pathOf(code)
  return path === undefined ? [] : [path]
}

/** The values that may be absent and are compared, wherever they stand in the condition. */
function comparedValues(place: Place, code: Code): string[] {
  if (code.op !== 'apply' || code.fn === 'known' || code.fn === 'not') return []
  if (comparisons.has(code.fn)) return code.args.flatMap(arg => optionalReads(place, arg))
  return code.args.flatMap(arg => comparedValues(place, arg))
}

function optionalReads(place: Place, code: Code): string[] {
  if (code.op === 'apply') return code.args.flatMap(arg => optionalReads(place, arg))
  const path = pathOf(code)
  if (path === undefined) return []
  const owner = code.op === 'member' ? code.of.type : place.names.get(selfName)
  const field = code.op === 'member' || code.op === 'name' ? code.name : ''
  return owner && place.scope.isOptional(owner, field) ? [path] : []
}

/** `客户.首单日`, as the text has it; undefined for what is no name. */
function pathOf(code: Code): string | undefined {
  if (code.op === 'name') return code.name
  if (code.op !== 'member') return undefined
  const of = pathOf(code.of)
  return of === undefined ? undefined : `${of}.${code.name}`
}
