import { randomUUID } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { offerWaiting } from './offer-waiting.ts'
import { Problem } from './problem.ts'
import { rolesOfDepartments } from './roles.ts'
import { invite } from './sessions.ts'

export interface StaffView {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly departments: readonly string[]
  readonly skills: readonly string[]
  readonly onShift: boolean
  readonly store: string | null
  readonly wecomUser: string | null
}

export type NewStaff = Partial<Omit<StaffView, 'id'>> & { readonly name: string; readonly login: string }

export function listStaff(deps: Deps, tenant: string): Promise<StaffView[]> {
  return deps.store.inTenant(tenant, tx =>
    tx.query<StaffView>(
      `select id, name, login, roles, teams, departments, skills, on_shift as "onShift", store, wecom_user as "wecomUser"
       from staff where active order by name, id`,
    ),
  )
}

/** Adds somebody who may work on the desk; the token lets them set a password once. Throws Problem. */
export function addStaff(
  deps: Deps,
  tenant: string,
  staff: NewStaff,
): Promise<{ id: string; token: string }> {
  const id = randomUUID()
  return deps.store.inTenant(tenant, async tx => {
    const taken = await tx.query('select 1 as one from staff where login = $1', [staff.login])
    if (taken.length > 0) throw new Problem('login-taken', 409, { params: { login: staff.login } })
    const departments = staff.departments ?? []
    const roles = new Set([...(staff.roles ?? []), ...(await rolesOfDepartments(tx, departments))])
    await tx.query(
      `insert into staff (tenant, id, name, login, roles, teams, skills, on_shift, store, wecom_user, departments)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[tenant, id, staff.name, staff.login, [...roles], staff.teams ?? [], staff.skills ?? []],
        ...[staff.onShift ?? true, staff.store ?? null, staff.wecomUser ?? null, departments],
      ],
    )
    const token = await invite(deps, tx, { tenant, staff: id })
    await offerWaiting(tx, tenant)
    return { id, token }
  })
}
