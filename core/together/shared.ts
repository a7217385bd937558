import type { Blueprint } from '#core/blueprint'

/** What every desk has, whatever its packs declare. */
const everywhere: ReadonlySet<string> = new Set(['customer', 'staff', 'store'])

/** The roles and entities that a pack has in common with others by name: whoever holds such a role holds it for all of them. */
export function sharedNames(
  { roles, entities }: Blueprint,
  others: readonly Blueprint[],
): { readonly roles: readonly string[]; readonly entities: readonly string[] } {
  const isShared = (section: 'roles' | 'entities') => (name: string) =>
    !everywhere.has(name) && others.some(other => Object.hasOwn(other[section], name))
  return {
    roles: Object.keys(roles).filter(isShared('roles')),
    entities: Object.keys(entities).filter(isShared('entities')),
  }
}
