import type { TicketState } from '#core/desk'
import type { StaffFact } from '#core/routing'
import type { GivenStaff } from '#dsl/check'
import type { World } from './world.ts'

/** The member of staff who stands for a role when the story names nobody for it. */
export const staffOf = (role: string) => `staff-${role}`

/** Who works at the desk of a story: those it names; one for each other role, in every team and with every skill. */
export function staffIn(world: World): StaffFact[] {
  const { blueprint, staff } = world
  const taken = new Set(staff.flatMap(({ roles }) => roles))
  const others = Object.keys(blueprint.roles).filter(role => !taken.has(role))
  const standIns = others.map((role): GivenStaff => ({
    ...{ id: staffOf(role), name: role, roles: [role], onShift: true, store: null },
    ...{ teams: Object.keys(blueprint.teams), skills: Object.keys(blueprint.skills) },
  }))
  return [...staff, ...standIns].map(person => ({
    ...person,
    load: loadOf(world, person.id),
    idleSince: world.idleSince.get(person.id) ?? 0,
  }))
}

/** Who last held each node for a customer, besides in this ticket. */
export function previousHolders(
  { tickets, holders }: World,
  { ticket, customer }: { ticket: string; customer: string | null },
): Record<string, { readonly staff: string; readonly at: number }> {
  const previous: Record<string, { readonly staff: string; readonly at: number }> = {}
  for (const { id, node, staff, at } of holders)
    if (id !== ticket && customer !== null && tickets.get(id)?.customer === customer)
      previous[node] = { staff, at }
  return previous
}

/** Notes who was given a place by a decision and who was relieved of one. */
export function noteHolders(world: World, before: TicketState | undefined, after: TicketState): void {
  const [was, is] = [before?.tokens ?? {}, after.tokens]
  for (const [node, { assignee }] of Object.entries(is))
    if (assignee !== null && was[node]?.assignee !== assignee)
      world.holders.push({ id: after.id, node, staff: assignee, at: world.at })
  for (const [node, { assignee }] of Object.entries(was))
    if (assignee !== null && is[node]?.assignee !== assignee) world.idleSince.set(assignee, world.at)
}

function loadOf({ tickets }: World, staff: string): number {
  const tokens = [...tickets.values()].flatMap(ticket => Object.values(ticket.tokens))
  return tokens.filter(({ assignee }) => assignee === staff).length
}
