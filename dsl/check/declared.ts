import { isCurrency, isZone } from '#core/values'
import type { EnumNode, NamesNode, PackNode } from '#dsl/syntax'
import { pathTo, reachable, type Edges } from './flow-graph.ts'
import { ofKind, type Placed, type Scope } from './scope.ts'

type ScopeOf = (file: string) => Scope

/** What can be seen of the declarations that only bring in names: the pack, enums, roles. */
export function checkDeclared(placed: readonly Placed[], scopeOf: ScopeOf): void {
  checkPacks(placed, scopeOf)
  for (const { node, file } of ofKind<EnumNode>(placed, 'enum'))
    if (node.values.length === 0) scopeOf(file).report(node.name, 'AX2007', { name: node.name.text })
  checkRoles(placed, scopeOf)
}

/** There is one pack; it reckons in a currency and by a zone that exist. */
function checkPacks(placed: readonly Placed[], scopeOf: ScopeOf): void {
  for (const [index, { node, file }] of ofKind<PackNode>(placed, 'pack').entries()) {
    const scope = scopeOf(file)
    if (index > 0) scope.report(node.name, 'AX2001', { name: 'pack' })
    if (node.version < 1) scope.report(node, 'AX3018')
    const { currency, zone } = node
    if (currency && !isCurrency(currency.text)) scope.report(currency, 'AX2002', { name: currency.text })
    if (zone && !isZone(zone.value)) scope.report(zone, 'AX2002', { name: zone.value })
  }
}

/** A role that extends itself, by way of others too, would have rights without end. */
function checkRoles(placed: readonly Placed[], scopeOf: ScopeOf): void {
  const roles = ofKind<NamesNode>(placed, 'role').flatMap(({ node, file }) =>
    node.names.map(role => ({ ...role, file })),
  )
  const bases: Edges = new Map(
    roles.map(({ name, extends: base }) => [name.text, base ? [base.text] : []] as const),
  )
  for (const { name, extends: base, file } of roles) {
    if (!base || !reachable([base.text], bases).has(name.text)) continue
    const path = `${name.text} → ${pathTo(base.text, name.text, bases)}`
    scopeOf(file).report(base, 'AX2008', { name: name.text, path })
  }
}
