import type { Tx } from '../store/index.ts'
import type { InstallChoices } from './consent.ts'

/** Gives the named roles to exactly these people and to whoever is in these departments; other roles stay as they are. */
export async function holdRoles(
  tx: Tx,
  { names, roles, departments }: { names: readonly string[] } & Pick<InstallChoices, 'roles' | 'departments'>,
): Promise<void> {
  for (const role of names)
    await tx.query(
      `update staff set roles = case when id = any($2) or departments && $3
           then array_append(array_remove(roles, $1), $1) else array_remove(roles, $1) end`,
      [role, [...(roles[role] ?? [])], [...(departments[role] ?? [])]],
    )
}

/** The roles somebody in these departments holds by the mapping of the packs on the desk. */
export async function rolesOfDepartments(tx: Tx, departments: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ departments: InstallChoices['departments'] }>(
    `select departments from desk_install where state <> 'uninstalled'`,
  )
  return rows.flatMap(row =>
    Object.entries(row.departments).flatMap(([role, held]) =>
      held.some(one => departments.includes(one)) ? [role] : [],
    ),
  )
}

/** Of these roles those that nobody holds. */
export async function unheldRoles(tx: Tx, names: readonly string[]): Promise<string[]> {
  const held = await tx.query<{ role: string }>(
    'select distinct unnest(roles) as role from staff where active',
  )
  return names.filter(role => !held.some(row => row.role === role))
}
