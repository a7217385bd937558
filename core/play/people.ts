import type { Blueprint } from '#core/blueprint'
import type { TicketState } from '#core/desk'
import type { StaffFact } from '#core/routing'

/** Who works at the desk, how much each holds, and who held what for whom. */
export interface People {
  /** The facts that routing reads; changed in place as places are given and left. */
  roster: Person[]
  readonly byId: Map<string, Person>
  readonly loads: Map<string, number>
  /** When somebody was last relieved of a place. */
  readonly idleSince: Map<string, number>
  /** Customer to who was given which place of their tickets, in order; noted only where a route asks for it. */
  readonly holders: Map<
    string,
    { readonly id: string; readonly node: string; readonly staff: string; readonly at: number }[]
  > | null
}

type Person = { -readonly [K in keyof StaffFact]: StaffFact[K] }

/** A member of staff, as far as the desk does not work it out itself. */
export type RosterEntry = Omit<StaffFact, 'load' | 'idleSince'>

export function emptyPeople({ routes }: Blueprint): People {
  const asks = Object.values(routes).some(({ keep }) => keep !== null)
  return {
    ...{ roster: [], byId: new Map(), loads: new Map(), idleSince: new Map() },
    holders: asks ? new Map() : null,
  }
}

/** From now on these work here; what anybody holds stays theirs. */
export function setRoster(people: People, entries: readonly RosterEntry[]): void {
  people.roster = entries.map(entry => ({
    ...entry,
    load: people.loads.get(entry.id) ?? 0,
    idleSince: people.idleSince.get(entry.id) ?? 0,
  }))
  people.byId.clear()
  for (const person of people.roster) people.byId.set(person.id, person)
}

/** Begins or ends somebody's shift. */
export function setShift({ byId }: People, staff: string, onShift: boolean): void {
  const person = byId.get(staff)
  if (person) person.onShift = onShift
}

/** Who last held each node for a customer, besides in this ticket. */
export function previousHolders(
  { holders }: People,
  { ticket, customer }: { readonly ticket: string; readonly customer: string | null },
): Readonly<Record<string, { readonly staff: string; readonly at: number }>> {
  const own = customer === null ? undefined : holders?.get(customer)
  if (!own) return NOBODY
  const previous: Record<string, { readonly staff: string; readonly at: number }> = {}
  for (const { id, node, staff, at } of own) if (id !== ticket) previous[node] = { staff, at }
  return previous
}

const NOBODY = {}

/** Notes who was given a place by a decision and who was relieved of one. */
export function noteHolders(
  people: People,
  { before, after, at }: { before: TicketState | undefined; after: TicketState; at: number },
): void {
  const [was, is] = [before?.tokens ?? {}, after.tokens]
  if (was === is) return
  for (const node in is) {
    const { assignee } = is[node]!
    if (assignee === null || was[node]?.assignee === assignee) continue
    bear(people, assignee, 1)
    if (people.holders && after.customer !== null) {
      const held = people.holders.get(after.customer) ?? []
      people.holders.set(after.customer, held)
      held.push({ id: after.id, node, staff: assignee, at })
    }
  }
  for (const node in was) {
    const { assignee } = was[node]!
    if (assignee === null || is[node]?.assignee === assignee) continue
    bear(people, assignee, -1)
    people.idleSince.set(assignee, at)
    const person = people.byId.get(assignee)
    if (person) person.idleSince = at
  }
}

function bear({ loads, byId }: People, staff: string, places: number): void {
  const load = (loads.get(staff) ?? 0) + places
  loads.set(staff, load)
  const person = byId.get(staff)
  if (person) person.load = load
}
