import type { Code } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import type { PropertyNode, VariableNode } from '#dsl/syntax'
import { inferAs, type Names } from './infer.ts'
import { constantOf } from './literal.ts'
import { resolveType, typeNamed, type Scope } from './scope.ts'

/** What is to hold for every value of its variables. */
export interface Property {
  readonly title: string
  readonly start: number
  readonly variables: readonly Variable[]
  readonly when: Code | undefined
  readonly expects: readonly { readonly code: Code; readonly start: number }[]
}

export interface Variable {
  readonly name: string
  readonly type: Type
  /** The least and the greatest value, both included; undefined for all there are. */
  readonly bounds: readonly [JsonValue, JsonValue] | undefined
}

const counted: ReadonlySet<string> = new Set(['int', 'decimal', 'percent', 'money', 'date', 'time'])
const listed: ReadonlySet<string> = new Set(['enum', 'bool', 'region'])
const bool = { kind: 'bool' } as const

/** Checks a property: variables of types whose values can be gone through, and conditions over them. */
export function checkProperty(scope: Scope, node: PropertyNode): Property | undefined {
  const variables = node.variables.map(variable => checkVariable(scope, variable))
  if (variables.includes(undefined)) return undefined
  const known = variables as Variable[]
  const names: Names = new Map(known.map(({ name, type }) => [name, type]))
  const when = node.when && inferAs({ scope, names }, node.when, bool)
  const expects = node.expects.flatMap(expression => {
    const inferred = inferAs({ scope, names }, expression, bool)
    return inferred ? [{ code: inferred.code, start: expression.start }] : []
  })
  if (known.length === 0 || node.expects.length === 0)
    scope.report(node.name, 'AX8001', { name: node.name.text })
  if (expects.length < node.expects.length || (node.when && !when)) return undefined
  return { title: node.name.text, start: node.start, variables: known, when: when?.code, expects }
}

function checkVariable(scope: Scope, { name, type, bounds }: VariableNode): Variable | undefined {
  const resolved = type ? resolveType(scope, type) : typeNamed(scope, name.text)
  if (!resolved) {
    if (!type) scope.report(name, 'AX2003', { name: name.text })
    return undefined
  }
  const ends = bounds?.kind === 'binary' && bounds.operator === '..' ? [bounds.left, bounds.right] : undefined
  const isCounted = counted.has(resolved.kind)
  if ((isCounted && !ends) || (!isCounted && (bounds || !listed.has(resolved.kind)))) {
    scope.report(bounds ?? name, 'AX8002', { name: name.text })
    return undefined
  }
  if (!ends) return { name: name.text, type: resolved, bounds: undefined }
  const [from, to] = ends.map(end => constantOf(scope, end, resolved))
  return from === undefined || to === undefined
    ? undefined
    : { name: name.text, type: resolved, bounds: [from, to] }
}
