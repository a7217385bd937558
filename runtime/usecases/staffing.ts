import type { Blueprint } from '#core/blueprint'
import { unstaffed } from '#core/routing'
import type { StaffingReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { loadDesk } from '../store/load-desk.ts'
import { loadStaff } from '../store/load-facts.ts'
import { recordChoices } from '../store/records-of.ts'
import { notFound } from './problem.ts'

/** Who works on the desk, what its packs ask of them, and what it asks that nobody is. Throws Problem. */
export function staffing(deps: Deps, tenant: string): Promise<StaffingReply> {
  return deps.store.inTenant(tenant, async tx => {
    const desk = await loadDesk(tx)
    if (!desk) throw notFound()
    const blueprint = wholeDesk(desk)
    const staff = await loadStaff(tx)
    const rows = await tx.query<{ id: string; login: string; departments: string[] } & Whereabouts>(
      `select id, login, departments, wecom_user as "wecomUser", password_hash is not null as "hasPassword"
       from staff where active order by name, id`,
    )
    return {
      people: rows.map(({ id, ...row }) => {
        const { name, roles, teams, skills, onShift, store, load } = staff.find(person => person.id === id)!
        return { id, name, roles, teams, skills, onShift, store, load, ...row }
      }),
      ...(blueprint ? await asked(tx, blueprint) : { roles: [], teams: [], skills: [], stores: [] }),
      unstaffed: blueprint ? unstaffed(blueprint, staff) : [],
      waiting: await countWaiting(tx),
    }
  })
}

interface Whereabouts {
  readonly wecomUser: string | null
  readonly hasPassword: boolean
}

async function asked(
  tx: Tx,
  blueprint: Blueprint,
): Promise<Pick<StaffingReply, 'roles' | 'teams' | 'skills' | 'stores'>> {
  const { roles, teams, skills } = blueprint
  return {
    ...{ roles: Object.keys(roles), teams: Object.keys(teams), skills: Object.keys(skills) },
    stores: (await recordChoices(tx, blueprint, ['store'])).store ?? [],
  }
}

/** How many places of open tickets wait for somebody of the staff. */
export async function countWaiting(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from ticket t join blueprint b on b.hash = t.blueprint_hash,
       jsonb_each(t.state->'tokens') as token
     where t.status = 'open' and token.value->>'assignee' is null
       and coalesce(b.json->'tickets'->t.kind->'nodes'->token.key->>'by', '') not in ('customer', 'system')`,
  )
  return row!.count
}
