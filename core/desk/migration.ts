import type { Blueprint, MigrationBlueprint } from '#core/blueprint'
import { missingValues, movedFields, type Names } from './moved-fields.ts'
import { missingPlaces, placesOf } from './moved-places.ts'
import type { TicketState } from './state.ts'

/** What becomes of one ticket in flight, and why. */
export type Move =
  /** It goes on under the new version; `places` and `fields` say what is called otherwise there. */
  | { readonly move: 'auto'; readonly ticket: string; readonly places: Names; readonly fields: Names }
  /** Nobody has said where it goes: what has no place in the new version. */
  | { readonly move: 'needs-mapping'; readonly ticket: string; readonly missing: readonly Missing[] }
  /** It goes on under the version it began with; with a running action, until that has answered. */
  | {
      readonly move: 'stays'
      readonly ticket: string
      readonly because: 'closed' | 'drained' | 'running-action'
    }

export interface Missing {
  /** `action`: a node that would run one when it is entered; `subject`: the form is about something else. */
  readonly what: 'ticket' | 'subject' | 'node' | 'region' | 'action' | 'field' | 'value'
  readonly name: string
}

/** What `migrate from n { … }` says. */
export type Mapping = Omit<MigrationBlueprint, 'from'>

export interface MigrationPlan {
  readonly moves: readonly Move[]
}

/** Two versions of a pack, and what is said about the way from the one to the other. */
export interface Versions {
  readonly before: Blueprint
  readonly after: Blueprint
  readonly mapping: Mapping
}

/** Says of every ticket what becomes of it; none is left out. A ticket may move only when all it holds has a place. */
export function planMigration(
  after: Blueprint,
  { before, mapping, tickets }: { before: Blueprint; mapping: Mapping; tickets: readonly TicketState[] },
): MigrationPlan {
  return { moves: tickets.map(ticket => planMove({ before, after, mapping }, ticket)) }
}

/**
 * What a version says about tickets that began under another: those of the same pack whose number stands behind
 * `migrate from`, another text of that number included. Undefined when it says nothing of them, so that they stay.
 */
export function mappingFor(after: Blueprint, before: Blueprint): Mapping | undefined {
  if (after.pack.name !== before.pack.name) return undefined
  const said = migrationFrom(after, before.pack.version)
  const earlier = migrationFrom(before, before.pack.version)
  if (!said || !earlier) return said
  const through = (what: 'nodes' | 'fields' | 'values') =>
    withStopovers(said[what], earlier[what], name => isThere(after, what, name))
  return { ...said, nodes: through('nodes'), fields: through('fields'), values: through('values') }
}

function migrationFrom({ migrations }: Blueprint, version: number): MigrationBlueprint | undefined {
  return Object.values(migrations).find(({ from }) => from === version)
}

/**
 * What was called `a`, then `b` in the text the ticket began with, and is `c` now: that text says `a -> b`, the new one
 * `a -> c`, so `b` goes there too unless it is still there.
 */
function withStopovers(now: Names, earlier: Names, isThereStill: (name: string) => boolean): Names {
  const stopovers = Object.entries(earlier).flatMap(([origin, stop]) => {
    const to = now[origin]
    return to === undefined || to === stop || isThereStill(stop) ? [] : [[stop, to] as const]
  })
  return { ...Object.fromEntries(stopovers), ...now }
}

function isThere(
  { tickets, forms, enums }: Blueprint,
  what: 'nodes' | 'fields' | 'values',
  name: string,
): boolean {
  const [owner = '', ...rest] = name.split('.')
  const known = {
    nodes: { ...tickets[owner]?.nodes, ...tickets[owner]?.parallels },
    fields: forms[owner]?.fields ?? {},
    values: enums[owner]?.values ?? {},
  }[what]
  return Object.hasOwn(known, rest.join('.'))
}

/** What becomes of one ticket. */
export function planMove(versions: Versions, state: TicketState): Move {
  const { id: ticket } = state
  const { drains } = versions.mapping
  if (state.closedAt !== null) return { move: 'stays', ticket, because: 'closed' }
  if (Object.keys(state.tokens).some(node => drains.includes(`${state.kind}.${node}`)))
    return { move: 'stays', ticket, because: 'drained' }
  // Why: the answer of a run names the visit it was started from.
  if (hasRunning(state)) return { move: 'stays', ticket, because: 'running-action' }
  const missing = missingOf(versions, state)
  if (missing.length > 0) return { move: 'needs-mapping', ticket, missing }
  const { places } = placesOf(versions, state)
  return { move: 'auto', ticket, places, fields: movedFields(versions, state).names }
}

/** Whether an action that a node of the ticket started has not answered yet. */
export function hasRunning({ tokens }: TicketState): boolean {
  return Object.values(tokens).some(token => token.run?.state === 'running')
}

function missingOf(versions: Versions, state: TicketState): Missing[] {
  if (!Object.hasOwn(versions.after.tickets, state.kind)) return [{ what: 'ticket', name: state.kind }]
  return [
    ...missingPlaces(versions, state),
    ...strangeSubject(versions, state),
    ...missingValues(versions, state),
  ]
}

/** The key of a record says nothing about records of another entity. */
function strangeSubject({ before, after }: Versions, { kind, subject }: TicketState): Missing[] {
  const entityOf = ({ tickets, forms }: Blueprint) => forms[tickets[kind]!.form]!.subject
  const was = entityOf(before)
  return subject === null || was === entityOf(after) ? [] : [{ what: 'subject', name: was ?? subject }]
}
