import type { Blueprint, TableBlueprint } from '#core/blueprint'
import { analyseTable, type Witness } from '#core/table'
import { regionName } from '#core/values'
import type { RouteNode, TableNode } from '#dsl/syntax'
import type { Scope } from './scope.ts'

/** Proves that exactly one row answers every input (as the hit policy demands), or reports a concrete counterexample. */
export function proveTable(
  scope: Scope,
  blueprint: Blueprint,
  { node, table }: { node: TableNode | RouteNode; table: TableBlueprint },
): void {
  if (table.inputs.length === 0) return
  const { gap, overlaps } = analyseTable(blueprint, table)
  if (gap) scope.report(node.name, 'AX4104', { witness: printWitness(table, gap) })
  for (const { first, second, witness } of overlaps)
    scope.report(node.grid.rows[second]!, 'AX4105', {
      first: String(first + 1),
      second: String(second + 1),
      witness: printWitness(table, witness),
    })
}

export function printWitness(table: TableBlueprint, witness: Witness): string {
  return table.inputs
    .map(({ name, type }) => {
      const value = String(witness[name])
      return `${name}=${type.kind === 'region' ? regionName(value) : value}`
    })
    .join(', ')
}
