import { assign, type Need, type StaffFact } from './assign.ts'

/** What of a person would have to be otherwise for the place to go to them. */
export interface Otherwise {
  readonly staff: string
  /** What the place asks for and the person lacks. */
  readonly lacks: readonly ('role' | 'team' | 'skill' | 'store' | 'shift')[]
  /** The most places they might hold; null when what they hold is no obstacle. */
  readonly loadAtMost: number | null
}

/**
 * The smallest change of one person after which `assign` would choose them: all they lack, and as little less work as
 * does it. Undefined for whoever is chosen already, and when nothing of theirs would do.
 */
export function whyNot(need: Need, staff: readonly StaffFact[], id: string): Otherwise | undefined {
  const person = staff.find(one => one.id === id)
  if (!person || assign(need, staff).assignee === id) return undefined
  const fitting = fitted(need, person)
  const lacks = lackedBy(need, person)
  for (let load = person.load; load >= 0; load--) {
    const changed = staff.map(one => (one.id === id ? { ...fitting, load } : one))
    if (assign(need, changed).assignee === id)
      return { staff: id, lacks, loadAtMost: load === person.load ? null : load }
  }
  return undefined
}

function lackedBy(need: Need, person: StaffFact): Otherwise['lacks'] {
  return [
    ...(person.roles.includes(need.role) ? [] : (['role'] as const)),
    ...(need.team === null || person.teams.includes(need.team) ? [] : (['team'] as const)),
    ...(need.skill === null || person.skills.includes(need.skill) ? [] : (['skill'] as const)),
    ...(need.store === null || person.store === null || person.store === need.store
      ? []
      : (['store'] as const)),
    ...(person.onShift ? [] : (['shift'] as const)),
  ]
}

/** The person with all that the place asks for. */
function fitted(need: Need, person: StaffFact): StaffFact {
  return {
    ...person,
    onShift: true,
    roles: [...person.roles, need.role],
    teams: need.team === null ? person.teams : [...person.teams, need.team],
    skills: need.skill === null ? person.skills : [...person.skills, need.skill],
    store: need.store === null || person.store === null ? person.store : need.store,
  }
}
