import type { MigrationBlueprint } from '#core/blueprint'
import type { MigrateMove, MigrateNode, Name } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import type { Scope } from './scope.ts'

/**
 * Checks where what is in flight goes: what stands right of an arrow must be there now. What stands left of it was there in an
 * older version, which is not at hand.
 */
export function checkMigrate(scope: Scope, node: MigrateNode): MigrationBlueprint {
  const moved = (what: MigrateMove['what']) =>
    Object.fromEntries(
      node.moves
        .filter(move => move.what === what && isThere(scope, move))
        .map(({ from, to }) => [from.text, to.text]),
    )
  const ends = { drains: node.drains.map(name => name.text) }
  return { from: node.from, nodes: moved('node'), fields: moved('field'), values: moved('value'), ...ends }
}

function isThere(scope: Scope, { what, to }: MigrateMove): boolean {
  const [owner = '', ...rest] = to.text.split('.')
  const name = rest.join('.')
  const known = { node: nodesOf, field: fieldsOf, value: valuesOf }[what](scope, owner)
  if (known.includes(name)) return true
  scope.report(to satisfies Name, 'AX2002', { name: to.text })
  return false
}

function nodesOf(scope: Scope, ticket: string): string[] {
  const node = scope.tickets.get(ticket)
  if (!node) return []
  return [...stationsOf(node).map(([station]) => station), ...node.parallels].map(({ name }) => name.text)
}

function fieldsOf(scope: Scope, form: string): string[] {
  return scope.forms.has(form) ? [...scope.members({ kind: 'form', name: form }).keys()] : []
}

function valuesOf(scope: Scope, name: string): string[] {
  return scope.enums.get(name)?.values.map(value => value.name.text) ?? []
}
