import type { Blueprint } from '#core/blueprint'
import type { StaffFact } from './assign.ts'

/** A place that nobody of a desk could take when its route asks for this: its tickets would wait for good. */
export interface Unstaffed {
  /** `ticket.node` */
  readonly place: string
  readonly role: string
  readonly team: string | null
  readonly skill: string | null
}

/** What routes ask for that nobody is, each once: whatever they hold, and whether they are on shift. */
export function unstaffed(
  { routes, tickets }: Blueprint,
  staff: readonly Pick<StaffFact, 'roles' | 'teams' | 'skills'>[],
): Unstaffed[] {
  const asked = Object.entries(routes).flatMap(([place, { table, after }]) => {
    const at = (output: string) => table.outputs.findIndex(({ name }) => name === output)
    const [team, skill] = [at('team'), at('skill')]
    const [ticket = '', node = ''] = place.split('.')
    const role = tickets[ticket]!.nodes[node]!.by
    const rows = table.rows.map(({ then }) => ({ team: textAt(then, team), skill: textAt(then, skill) }))
    return [...rows, ...(after ? [{ team: after.team, skill: null }] : [])].map(need => ({
      ...{ place, role, ...need },
    }))
  })
  const found = new Map(asked.map(need => [JSON.stringify(need), need]))
  return [...found.values()].filter(
    ({ role, team, skill }) =>
      !staff.some(
        person =>
          person.roles.includes(role) &&
          (team === null || person.teams.includes(team)) &&
          (skill === null || person.skills.includes(skill)),
      ),
  )
}

const textAt = (values: readonly unknown[], at: number): string | null =>
  typeof values[at] === 'string' ? values[at] : null
