import type { Blueprint, MigrationBlueprint } from '#core/blueprint'
import type { MigrateMove, MigrateNode, Name } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import type { Scope } from './scope.ts'

/**
 * Checks where what is in flight goes: what stands right of an arrow must be there now. What stands left of it was there in an
 * older version, which is not at hand.
 */
export function checkMigrate(scope: Scope, node: MigrateNode): MigrationBlueprint {
  reportRepeats(scope, node)
  const moved = (what: MigrateMove['what']) =>
    Object.fromEntries(
      node.moves
        .filter(move => move.what === what && isThere(scope, move) && staysInKind(scope, move))
        .map(({ from, to }) => [from.text, to.text]),
    )
  const ends = { drains: node.drains.map(name => name.text) }
  return { from: node.from, nodes: moved('node'), fields: moved('field'), values: moved('value'), ...ends }
}

/** What needs the version: nothing comes from a later one, and what is still there needs no other place. */
export function proveMigrate(scope: Scope, blueprint: Blueprint, node: MigrateNode): void {
  const { version } = blueprint.pack
  const params = { from: String(node.from), version: String(version) }
  if (node.from > version) scope.report(node.name, 'AX8010', params)
  for (const { what, from, to } of node.moves)
    if (from.text !== to.text && namesOf(scope, what, from).includes(nameIn(from)))
      scope.report(from, 'AX8011', { name: from.text })
}

function reportRepeats(scope: Scope, { moves, drains }: MigrateNode): void {
  const said = new Set<string>()
  const places = drains.map(from => ({ what: 'node', from }))
  for (const { what, from } of [...moves, ...places]) {
    const key = `${what} ${from.text}`
    if (said.has(key)) scope.report(from, 'AX8012', { name: from.text })
    said.add(key)
  }
}

function isThere(scope: Scope, { what, to }: MigrateMove): boolean {
  if (namesOf(scope, what, to).includes(nameIn(to))) return true
  scope.report(to satisfies Name, 'AX2002', { name: to.text })
  return false
}

function staysInKind(scope: Scope, { what, from, to }: MigrateMove): boolean {
  if (what !== 'node' || ownerOf(from) === ownerOf(to)) return true
  scope.report(to, 'AX8013', { from: from.text, to: to.text })
  return false
}

function ownerOf({ text }: Name): string {
  return text.split('.')[0]!
}

function nameIn({ text }: Name): string {
  return text.split('.').slice(1).join('.')
}

/** What there is now of the ticket, form or enum that a qualified name begins with. */
function namesOf(scope: Scope, what: MigrateMove['what'], name: Name): string[] {
  const owner = ownerOf(name)
  if (what === 'node') return placesOf(scope, owner)
  if (what === 'field')
    return scope.forms.has(owner) ? [...scope.members({ kind: 'form', name: owner }).keys()] : []
  return scope.enums.get(owner)?.values.map(value => value.name.text) ?? []
}

/** Nodes and parallel regions. */
function placesOf(scope: Scope, ticket: string): string[] {
  const node = scope.tickets.get(ticket)
  if (!node) return []
  return [...stationsOf(node).map(([station]) => station), ...node.parallels].map(({ name }) => name.text)
}
