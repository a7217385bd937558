import type { JsonValue } from '#core/values'
import { reservedNames, type EntityNode, type LibraryNode } from '#dsl/syntax'
import { jsonOf } from './literal.ts'
import type { Scope } from './scope.ts'

type Rows = Record<string, Record<string, JsonValue>>

/** A library is an entity whose rows come with the pack. */
export function entityOf({ name, label, fields, start, end }: LibraryNode): EntityNode {
  return { kind: 'entity', extends: false, name, label, fields, events: [], start, end }
}

/** Checks the rows against the fields; every row has a key of its own. */
export function checkLibraryRows(scope: Scope, node: LibraryNode): Rows {
  const key = node.fields.find(field => field.isKey)?.name.text
  if (key === undefined) scope.report(node.name, 'AX2005', { name: node.name.text })
  const types = scope.members({ kind: 'ref', name: node.name.text })
  for (const column of node.columns)
    if (!types.has(column.text)) scope.report(column, 'AX2002', { name: column.text })
  const rows: Rows = {}
  for (const row of node.rows) {
    if (row.values.length !== node.columns.length) {
      const [expected, actual] = [String(node.columns.length), String(row.values.length)]
      scope.report(row, 'AX4001', { expected, actual })
      continue
    }
    const fields: Record<string, JsonValue> = {}
    node.columns.forEach((column, index) => {
      const type = types.get(column.text)
      const said = row.values[index]!
      const isAbsent = said.kind === 'literal' && said.literal === 'null'
      const value = type && !isAbsent ? jsonOf(scope, said, type) : undefined
      if (value !== undefined) fields[column.text] = value
    })
    const id = key === undefined ? undefined : fields[key]
    if (typeof id !== 'string') continue
    if (reservedNames.has(id)) {
      scope.report(row, 'AX1008', { found: id })
      continue
    }
    if (Object.hasOwn(rows, id)) scope.report(row, 'AX2001', { name: id })
    rows[id] = fields
  }
  return rows
}
