/** A member of staff as routing sees one; instants in epoch ms. */
export interface StaffFact {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly skills: readonly string[]
  readonly onShift: boolean
  readonly store: string | null
  /** How many places in open tickets the person holds now. */
  readonly load: number
  /** When the person's last ticket was handed over or done; 0 when never. */
  readonly idleSince: number
}

/** What a place needs: who may take it, from which team, with which skill, of which store, and how to choose. */
export interface Need {
  readonly role: string
  readonly team: string | null
  readonly skill: string | null
  readonly store: string | null
  /** At most so many places per person; null sets no bound. */
  readonly cap: number | null
  readonly picks: readonly string[]
  /** Who held it before and should again. */
  readonly keep: string | null
}

export type Verdict = 'chosen' | 'later' | 'role' | 'team' | 'skill' | 'shift' | 'store' | 'full'

export interface Assignment {
  readonly assignee: string | null
  /** Everybody considered, with the reason why not. */
  readonly candidates: readonly { readonly staff: string; readonly verdict: Verdict; readonly load: number }[]
}

/** Chooses who takes a place: filters first, then the order of `picks`, ties by id; nobody free leaves it waiting. */
export function assign(need: Need, staff: readonly StaffFact[]): Assignment {
  const chosen = choose(need, staff)
  const candidates = staff.map(person => ({
    staff: person.id,
    verdict: person.id === chosen?.id ? ('chosen' as const) : judge(need, person),
    load: person.load,
  }))
  return { assignee: chosen?.id ?? null, candidates }
}

/** The same choice without a word about the others. */
export function choose(need: Need, staff: readonly StaffFact[]): StaffFact | undefined {
  const order = byPicks(need.picks)
  let best: StaffFact | undefined
  for (const person of suited(need, staff)) {
    if (!person.onShift || (need.cap !== null && person.load >= need.cap)) continue
    if (person.id === need.keep) return person
    if (!best || order(person, best) < 0) best = person
  }
  return best
}

const suitedLast = new WeakMap<readonly StaffFact[], Map<string, StaffFact[]>>()

/**
 * Those of a roster who could take a place by what they are. INVARIANT: who is on a roster, and with which roles, teams,
 * skills and store, never changes: another roster is another array.
 */
function suited(need: Need, staff: readonly StaffFact[]): readonly StaffFact[] {
  let needs = suitedLast.get(staff)
  if (!needs) suitedLast.set(staff, (needs = new Map()))
  const { role, team, skill, store } = need
  const key = `${role}\n${team ?? ''}\n${skill ?? ''}\n${store ?? ''}`
  let found = needs.get(key)
  if (!found) needs.set(key, (found = staff.filter(person => suits(need, person))))
  return found
}

/** Whether a person could take a place by what they are, whatever they hold and whether they are on shift. */
export function suits(need: Need, person: StaffFact): boolean {
  const verdict = judge(need, person)
  return verdict === 'later' || verdict === 'full' || verdict === 'shift'
}

/** Staff who hold a role, of the store when both have one. */
export function holdersOf(role: string, store: string | null, staff: readonly StaffFact[]): StaffFact[] {
  return staff.filter(person => person.roles.includes(role) && ofStore(person, store))
}

function judge(need: Need, person: StaffFact): Verdict {
  if (!person.roles.includes(need.role)) return 'role'
  if (need.team !== null && !person.teams.includes(need.team)) return 'team'
  if (need.skill !== null && !person.skills.includes(need.skill)) return 'skill'
  if (!ofStore(person, need.store)) return 'store'
  if (!person.onShift) return 'shift'
  return need.cap !== null && person.load >= need.cap ? 'full' : 'later'
}

function ofStore(person: StaffFact, store: string | null): boolean {
  return store === null || person.store === null || person.store === store
}

function byPicks(picks: readonly string[]) {
  const order = picks.length > 0 ? picks : ['least_loaded', 'longest_idle']
  return (a: StaffFact, b: StaffFact): number => {
    for (const pick of order) {
      const difference =
        pick === 'least_loaded' ? a.load - b.load : pick === 'longest_idle' ? a.idleSince - b.idleSince : 0
      if (difference !== 0) return difference
    }
    return a.id < b.id ? -1 : 1
  }
}
