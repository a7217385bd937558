import { json, type Tx } from '../store/index.ts'
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

/**
 * A role that several packs have is one role with one list: what is said for one pack holds for all, save that whom only the others
 * named stays. Yields what the pack's own list says then; the others' lists are written.
 */
export async function agreeWithOthers(
  tx: Tx,
  pack: string,
  said: Pick<InstallChoices, 'roles' | 'departments'>,
): Promise<Pick<InstallChoices, 'roles' | 'departments'>> {
  const rows = await tx.query<{ pack: string } & Pick<InstallChoices, 'roles' | 'departments'>>(
    `select pack, roles, departments from desk_install where state <> 'uninstalled' for update`,
  )
  const own = rows.find(row => row.pack === pack)
  const others = rows.filter(row => row.pack !== pack)
  const agreed = (list: 'roles' | 'departments') =>
    agreedLists(
      said[list],
      own?.[list] ?? {},
      others.map(row => row[list]),
    )
  const [roles, departments] = [agreed('roles'), agreed('departments')]
  for (const other of others)
    await tx.query('update desk_install set roles = $2, departments = $3 where pack = $1', [
      other.pack,
      json(where(other.roles, roles)),
      json(where(other.departments, departments)),
    ])
  return { roles, departments }
}

type Lists = Readonly<Record<string, readonly string[]>>

function agreedLists(said: Lists, before: Lists, others: readonly Lists[]): Lists {
  return Object.fromEntries(
    Object.entries(said).map(([role, holders]) => {
      const takenOff = (before[role] ?? []).filter(one => !holders.includes(one))
      const theirs = others.flatMap(lists => lists[role] ?? []).filter(one => !takenOff.includes(one))
      return [role, [...new Set([...holders, ...theirs])]]
    }),
  )
}

/** The lists as they were, with those of the same roles as they were agreed. */
const where = (before: Lists, agreed: Lists): Lists =>
  Object.fromEntries(Object.entries(before).map(([role, holders]) => [role, agreed[role] ?? holders]))

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
