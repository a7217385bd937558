import type { TicketBlueprint } from '#core/blueprint'
import type { Missing, Versions } from './migration.ts'
import type { Names } from './moved-fields.ts'
import { needed } from './move.ts'
import type { TicketState, Token } from './state.ts'

type Regions = TicketState['regions']

/** Where a ticket stands under the new version. */
export interface Places {
  /** Nodes and regions that are called otherwise there. */
  readonly places: Names
  /** New place to the token that goes there; of several, the one that has waited longest. */
  readonly tokens: Readonly<Record<string, { readonly from: string; readonly token: Token }>>
  readonly regions: Regions
  /** What any node or region is called now. */
  readonly named: (name: string) => string
}

/** Follows the mapping; says nothing about whether a ticket may stand so. */
export function placesOf({ before, after, mapping }: Versions, state: TicketState): Places {
  const named = (name: string) => mapping.nodes[`${state.kind}.${name}`]?.split('.').at(-1) ?? name
  const [old, now] = [before.tickets[state.kind]!, after.tickets[state.kind]!]
  const tokens: Record<string, { from: string; token: Token }> = {}
  const byAge = Object.entries(state.tokens).sort(([, a], [, b]) => a.since - b.since)
  for (const [from, token] of byAge) tokens[named(from)] ??= { from, token }
  const regions = Object.entries(state.regions)
    .filter(([name]) => !isMerged({ old, now, named }, state, name))
    .map(([name, branches]) => [named(name), branches] as const)
  const stood = [...Object.keys(state.tokens), ...Object.keys(state.regions)]
  return {
    places: Object.fromEntries(stood.flatMap(name => (named(name) === name ? [] : [[name, named(name)]]))),
    tokens,
    regions: Object.fromEntries(regions),
    named,
  }
}

/** Whether a region is gone whose places all go to one node: then the ticket stands there alone. */
function isMerged(
  { old, now, named }: { old: TicketBlueprint; now: TicketBlueprint; named: (name: string) => string },
  { tokens }: TicketState,
  region: string,
): boolean {
  if (now.parallels[named(region)]) return false
  const inside = Object.keys(tokens).filter(name => old.nodes[name]?.within?.parallel === region)
  const [first, ...others] = new Set(inside.map(named))
  return first !== undefined && others.length === 0 && now.nodes[first]?.within === null
}

/** What keeps a ticket from standing where the mapping takes it: places that are not there, or not so. */
export function missingPlaces(versions: Versions, state: TicketState): Missing[] {
  const kind = versions.after.tickets[state.kind]!
  const { tokens, regions, named } = placesOf(versions, state)
  const gone = Object.keys(state.tokens).filter(name => !kind.nodes[named(name)])
  const lost = Object.keys(state.regions).filter(
    name => Object.hasOwn(regions, named(name)) && !kind.parallels[named(name)],
  )
  if (gone.length + lost.length > 0)
    return [
      ...gone.map((name): Missing => ({ what: 'node', name })),
      ...lost.map((name): Missing => ({ what: 'region', name })),
    ]
  const merged = Object.keys(state.regions).length - Object.keys(regions).length > 0
  const clash = !merged && Object.keys(tokens).length < Object.keys(state.tokens).length
  const twice = clash ? Object.keys(state.tokens).filter(name => !sourceOf(tokens, name)) : []
  return [
    ...twice.map((name): Missing => ({ what: 'node', name })),
    ...brokenRegions(kind, Object.keys(tokens), regions).map((name): Missing => ({ what: 'region', name })),
    ...startedRuns(versions, state.kind, tokens).map((name): Missing => ({ what: 'action', name })),
  ]
}

function sourceOf(tokens: Places['tokens'], name: string): boolean {
  return Object.values(tokens).some(({ from }) => from === name)
}

/**
 * Regions in which a ticket could not stand so. INVARIANT: beside a place outside of every region there is nothing; an open
 * branch holds exactly one place, one that is done none; nothing stands in a region that was not entered, no branch that
 * always runs was left out, and the join is yet to come.
 */
function brokenRegions(kind: TicketBlueprint, places: readonly string[], regions: Regions): string[] {
  const within = places.map(place => kind.nodes[place]!.within)
  const names = new Set([...within.flatMap(at => (at ? [at.parallel] : [])), ...Object.keys(regions)])
  const isAlone = !within.includes(null) || (places.length === 1 && names.size === 0)
  return [...names].filter(name => {
    const entered = regions[name] ?? {}
    const declared = kind.parallels[name]?.branches ?? {}
    const held = within.flatMap(at => (at?.parallel === name ? [at.branch] : []))
    const isHeld = Object.entries(entered).every(
      ([branch, state]) =>
        declared[branch] !== undefined &&
        held.filter(one => one === branch).length === (state === 'open' ? 1 : 0),
    )
    const done = Object.values(entered).filter(state => state === 'done').length
    const isOpen = done < needed(kind.parallels[name]!.join, Object.keys(entered).length)
    const isWhole = Object.entries(declared).every(([branch, { when }]) => when || entered[branch])
    return !isAlone || !isHeld || !isWhole || !isOpen || held.some(branch => entered[branch] === undefined)
  })
}

/** Places that would run an action which the ticket is not at: only entering starts one. */
function startedRuns({ before, after }: Versions, kind: string, tokens: Places['tokens']): string[] {
  return Object.entries(tokens).flatMap(([name, { from }]) => {
    const action = after.tickets[kind]!.nodes[name]!.run?.action
    const stoodAt = before.tickets[kind]!.nodes[from]?.run?.action
    return action === undefined || action === stoodAt ? [] : [name]
  })
}
