import type { Blueprint } from '#core/blueprint'
import type { RosterEntry } from '#core/play'

/** The member of staff who stands for a role when the story names nobody for it. */
export const staffOf = (role: string) => `staff-${role}`

/** Who works at the desk of a story: those it names; one for each other role, in every team and with every skill. */
export function staffOfStory(blueprint: Blueprint, named: readonly RosterEntry[]): RosterEntry[] {
  const taken = new Set(named.flatMap(({ roles }) => roles))
  const others = Object.keys(blueprint.roles).filter(role => !taken.has(role))
  const standIns = others.map((role): RosterEntry => ({
    ...{ id: staffOf(role), name: role, roles: [role], onShift: true, store: null },
    ...{ teams: Object.keys(blueprint.teams), skills: Object.keys(blueprint.skills) },
  }))
  return [...named, ...standIns]
}
