import type { AccessBlueprint, Right } from '#core/blueprint'
import type { AccessNode } from '#dsl/syntax'
import { either, knownName, type Scope } from './scope.ts'

/** Checks who may read and write which field of a form; undefined when the form is unknown. */
export function checkAccess(scope: Scope, node: AccessNode): AccessBlueprint | undefined {
  const form = scope.forms.get(node.name.text)
  if (!form) {
    scope.report(node.name, 'AX2002', { name: node.name.text })
    return undefined
  }
  const fields = new Set(form.fields.map(field => field.name.text))
  const readers = either(scope.roles, 'customer')
  for (const role of node.roles) knownName(scope, role, readers)
  const access: Record<string, Record<string, Right>> = Object.fromEntries(
    node.roles.map(role => [role.text, {}]),
  )
  for (const row of node.rows) {
    if (row.rights.length !== node.roles.length)
      scope.report(row, 'AX4001', {
        expected: String(node.roles.length + 1),
        actual: String(row.rights.length + 1),
      })
    for (const field of row.fields) {
      if (!knownName(scope, field, fields)) continue
      node.roles.forEach((role, index) => {
        const right = row.rights[index]?.text
        if (right === 'write' || right === 'read') access[role.text]![field.text] = right
      })
    }
  }
  return access
}
