import type { Blueprint } from '#core/blueprint'
import { answerColumns } from '#core/table'
import type { JsonValue, Type } from '#core/values'
import type { TableTestNode } from '#dsl/syntax'
import { outputOf } from './table.ts'
import type { Scope } from './scope.ts'

/** One row of a `test` declaration: the facts to look up and the outputs to find. */
export interface TableCase {
  readonly kind: 'table'
  readonly name: string
  readonly start: number
  readonly given: Readonly<Record<string, JsonValue>>
  readonly expected: Readonly<Record<string, { readonly type: Type; readonly value: JsonValue }>>
}

/** Checks a table's test against the table and yields its cases. */
export function checkTableTest(scope: Scope, blueprint: Blueprint, node: TableTestNode): TableCase[] {
  const table = blueprint.tables[node.name.text]
  if (!table) {
    scope.report(node.name, 'AX2002', { name: node.name.text })
    return []
  }
  const types = new Map([...table.inputs, ...answerColumns(table)].map(c => [c.name, c.type]))
  const columns = [...node.grid.inputs, ...node.grid.outputs].map(column => {
    const name = column.subject.kind === 'name' ? column.subject.name : ''
    if (!types.has(name)) scope.report(column, 'AX4006', { name: node.name.text, column: name || '…' })
    return name
  })
  if (columns.some(name => !types.has(name))) return []
  return node.grid.rows.flatMap(row => {
    const cells = [...row.inputs, ...row.outputs]
    if (cells.length !== columns.length) {
      scope.report(row, 'AX4001', { expected: String(columns.length), actual: String(cells.length) })
      return []
    }
    const values = cells.map((cell, index) => outputOf(scope, cell, types.get(columns[index]!)!))
    if (values.includes(undefined)) return []
    const given = row.inputs.map((_, index) => [columns[index]!, values[index]!] as const)
    const expected = row.outputs.map((_, index) => {
      const at = row.inputs.length + index
      return [columns[at]!, { type: types.get(columns[at]!)!, value: values[at]! }] as const
    })
    return [
      {
        kind: 'table' as const,
        name: node.name.text,
        start: row.start,
        given: Object.fromEntries(given),
        expected: Object.fromEntries(expected),
      },
    ]
  })
}
