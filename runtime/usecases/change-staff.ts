import type { Deps } from '../deps.ts'
import { json, type Tx } from '../store/index.ts'
import { lookAgain, type HeldPlace } from './dispatch-waiting.ts'
import { offerWaiting } from './offer-waiting.ts'
import { notFound, Problem } from './problem.ts'
import { rolesOfDepartments } from './roles.ts'
import { invite } from './sessions.ts'

/** What is to be different about a member of staff; what is left out stays. Roles are those held by name, `admin` among them. */
export interface StaffChange {
  readonly name?: string
  readonly roles?: readonly string[]
  readonly teams?: readonly string[]
  readonly skills?: readonly string[]
  readonly departments?: readonly string[]
  readonly onShift?: boolean
  readonly store?: string | null
  readonly wecomUser?: string | null
}

interface StaffRow {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly skills: readonly string[]
  readonly departments: readonly string[]
  readonly on_shift: boolean
  readonly store: string | null
  readonly wecom_user: string | null
}

/**
 * Changes what somebody on the desk is; the roles of their departments stay theirs. Tickets that wait are offered anew. Throws
 * Problem when nobody would administer the desk, or the WeCom member is somebody else's.
 */
export function changeStaff(deps: Deps, tenant: string, id: string, change: StaffChange): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const row = await lockStaff(tx, id)
    const departments = change.departments ?? row.departments
    const roles = new Set([...(change.roles ?? row.roles), ...(await rolesOfDepartments(tx, departments))])
    if (!roles.has('admin')) await refuseLastAdmin(tx, id)
    const wecomUser = change.wecomUser === undefined ? row.wecom_user : change.wecomUser
    await refuseTakenMember(tx, id, wecomUser)
    await tx.query(
      `update staff set name = $2, roles = $3, teams = $4, skills = $5, departments = $6, on_shift = $7, store = $8,
         wecom_user = $9 where id = $1`,
      [
        ...[id, change.name ?? row.name, [...roles], change.teams ?? row.teams, change.skills ?? row.skills],
        ...[departments, change.onShift ?? row.on_shift],
        ...[change.store === undefined ? row.store : change.store, wecomUser],
      ],
    )
    if (change.roles) await keepRolesOf(tx, id, change.roles)
    await offerWaiting(tx, tenant)
  })
}

/**
 * Somebody leaves: they cannot log in any more, and what they held goes to whoever is free, or waits. What they did stays told
 * under their name. Throws Problem when nobody would administer the desk.
 */
export async function removeStaff(deps: Deps, tenant: string, id: string): Promise<{ passedOn: number }> {
  const held = await deps.store.inTenant(tenant, async tx => {
    await lockStaff(tx, id)
    await refuseLastAdmin(tx, id)
    await tx.query('delete from session where staff_id = $1', [id])
    await tx.query('delete from invite where staff_id = $1 and used_at is null', [id])
    await keepRolesOf(tx, id, [])
    // Why: login and member are free for whoever comes next, or comes back.
    await tx.query(
      `update staff set active = false, roles = '{}', wecom_user = null, login = login || '#' || id where id = $1`,
      [id],
    )
    return tx.query<HeldPlace>(
      `select t.id, token.key as node from ticket t, jsonb_each(t.state->'tokens') as token
       where t.status = 'open' and token.value->>'assignee' = $1`,
      [id],
    )
  })
  return { passedOn: await lookAgain(deps, tenant, held) }
}

/** A one-time link with which somebody sets their password anew; links from before are spent. Throws Problem. */
export function newLink(deps: Deps, tenant: string, id: string): Promise<{ link: string }> {
  return deps.store.inTenant(tenant, async tx => {
    await lockStaff(tx, id)
    await tx.query('delete from invite where staff_id = $1 and used_at is null', [id])
    return { link: `/setup?token=${await invite(deps, tx, { tenant, staff: id })}` }
  })
}

async function lockStaff(tx: Tx, id: string): Promise<StaffRow> {
  const [row] = await tx.query<StaffRow>(
    `select id, name, roles, teams, skills, departments, on_shift, store, wecom_user from staff
     where id = $1 and active for update`,
    [id],
  )
  if (!row) throw notFound()
  return row
}

/** INVARIANT: somebody always administers the desk; the rows of administrators are locked, so that two cannot go at once. */
async function refuseLastAdmin(tx: Tx, id: string): Promise<void> {
  const admins = await tx.query<{ id: string }>(
    `select id from staff where active and 'admin' = any(roles) for update`,
  )
  if (admins.length > 0 && admins.every(admin => admin.id === id)) throw new Problem('last-admin', 409)
}

async function refuseTakenMember(tx: Tx, id: string, wecomUser: string | null): Promise<void> {
  const [other] = await tx.query<{ name: string }>(
    'select name from staff where wecom_user = $1 and id <> $2',
    [...[wecomUser, id]],
  )
  if (other) throw new Problem('member-taken', 409, { params: { name: other.name } })
}

/** The packs’ own lists of who holds which role say the same as the person’s. */
async function keepRolesOf(tx: Tx, id: string, roles: readonly string[]): Promise<void> {
  const installs = await tx.query<{
    pack: string
    roles: Readonly<Record<string, readonly string[]>>
    declared: string[]
  }>(
    `select i.pack, i.roles, array(select jsonb_object_keys(b.json::jsonb->'roles')) as declared
     from desk_install i join desk_version v on v.tenant = i.tenant
       and v.seq = (select max(seq) from desk_version where pack = i.pack and stores is null)
       join blueprint b on b.hash = v.blueprint_hash
     where i.state in ('trial', 'live') for update of i`,
  )
  for (const { pack, roles: before, declared } of installs) {
    const names = [...new Set([...Object.keys(before), ...declared])]
    const after = names.map(role => {
      const others = (before[role] ?? []).filter(one => one !== id)
      return [role, roles.includes(role) ? [...others, id] : others] as const
    })
    await tx.query('update desk_install set roles = $2 where pack = $1', [
      pack,
      json(Object.fromEntries(after)),
    ])
  }
}
