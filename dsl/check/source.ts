import type { SourceBlueprint, SourceMapping } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import {
  pathOf,
  type Entry,
  type Expression,
  type SourceMapping as MappingNode,
  type SourceNode,
} from '#dsl/syntax'
import { jsonOf } from './literal.ts'
import { knownName, type Scope } from './scope.ts'

/** Checks what another system sends: known events, fields of their entity, and whose record it is. */
export function checkSource(scope: Scope, node: SourceNode): SourceBlueprint | undefined {
  knownName(scope, node.by, new Set(['webhook']))
  if (!node.secret) scope.report(node.name, 'AX7012', { name: node.name.text })
  const seen = new Set<string>()
  const mappings = node.mappings.flatMap(mapping => {
    if (seen.has(mapping.says)) scope.report(mapping, 'AX2001', { name: mapping.says })
    seen.add(mapping.says)
    return checkMapping(scope, mapping) ?? []
  })
  if (!node.secret) return undefined
  return { label: node.label?.value ?? node.name.text, secret: node.secret.text, mappings }
}

function checkMapping(
  scope: Scope,
  { says, event, record, start, end }: MappingNode,
): SourceMapping | undefined {
  if (knownName(scope, event, scope.events) === undefined) return undefined
  const [entity = '', name = ''] = event.text.split('.')
  const entries = record.kind === 'record' ? record.entries : []
  const { key } = scope.recordOf(entity)
  if (!entries.some(entry => entry.name.text === key))
    scope.report({ start, end }, 'AX7013', { says, entity, key: key ?? 'key' })
  const fields = entries.flatMap(entry => {
    const from = checkEntry(scope, entity, entry)
    return from ? [[entry.name.text, from] as const] : []
  })
  return { says, entity, event: name, fields: Object.fromEntries(fields) }
}

function checkEntry(
  scope: Scope,
  entity: string,
  { name, value }: Entry,
): SourceMapping['fields'][string] | undefined {
  const fields = scope.members({ kind: 'ref', name: entity })
  if (knownName(scope, name, fields) === undefined) return undefined
  if (scope.recordOf(entity).computed.includes(name.text)) {
    scope.report(name, 'AX7015', { field: name.text })
    return undefined
  }
  const type = fields.get(name.text)!
  const path = isValueOf(scope, value, type) ? undefined : pathOf(value)
  if (path) return { path }
  if (!isConstant(scope, value, type)) {
    scope.report(value, 'AX7014', { field: name.text })
    return undefined
  }
  const constant: JsonValue | undefined = jsonOf(scope, value, type)
  return constant === undefined ? undefined : { value: constant }
}

function isConstant(scope: Scope, value: Expression, type: Type): boolean {
  const literal = value.kind === 'unary' ? value.operand : value
  return literal.kind === 'literal' || isValueOf(scope, value, type)
}

/** A name of the enum is its value, whatever the message may call so. */
function isValueOf(scope: Scope, value: Expression, type: Type): boolean {
  if (value.kind !== 'name' || type.kind !== 'enum') return false
  return scope.enums.get(type.name)?.values.some(({ name }) => name.text === value.name) ?? false
}
