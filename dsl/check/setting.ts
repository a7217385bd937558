import type { Code, SettingBlueprint } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import type { Expression, SettingNode } from '#dsl/syntax'
import { constantOf } from './literal.ts'
import { checkInRange, checkRange } from './range.ts'
import { resolveType, type Scope } from './scope.ts'

/** Checks one knob of the tenant: typed, with a default, bounded where `in` says so; undefined when its type is unknown. */
export function checkSetting(scope: Scope, node: SettingNode): SettingBlueprint | undefined {
  const type = resolveType(scope, node.type)
  if (!type) return undefined
  const value = node.default ? constantOf(scope, node.default, type) : null
  const [min, max] = boundsOf(scope, node.bounds, type)
  checkValues(scope, node, { type, min, max, value })
  return {
    label: node.label?.value ?? node.name.text,
    type,
    default: value ?? null,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(node.help && { help: node.help.value }),
  }
}

function checkValues(
  scope: Scope,
  node: SettingNode,
  at: { type: Type } & Readonly<Record<'min' | 'max' | 'value', JsonValue | undefined>>,
): void {
  if (!node.bounds) return
  const { type } = at
  const code = (value: JsonValue | undefined): Code | undefined =>
    value === undefined ? undefined : { op: 'const', type, value }
  const range = { type, span: node.bounds, min: code(at.min), max: code(at.max) }
  checkRange(scope, range)
  const value = code(at.value)
  if (node.default && value) checkInRange(scope, range, { span: node.default, code: value })
}

function boundsOf(scope: Scope, bounds: Expression | undefined, type: Type): (JsonValue | undefined)[] {
  if (!bounds) return []
  if (bounds.kind === 'binary' && bounds.operator === '..')
    return [constantOf(scope, bounds.left, type), constantOf(scope, bounds.right, type)]
  scope.report(bounds, 'AX3005')
  return []
}
