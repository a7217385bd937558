import type { Blueprint, MigrationBlueprint } from '#core/blueprint'
import type { TicketState } from '#core/desk'

/** What becomes of one ticket in flight, and why. */
export type Move =
  /** It goes on under the new version; `places` and `fields` say what is called otherwise there. */
  | { readonly move: 'auto'; readonly ticket: string; readonly places: Names; readonly fields: Names }
  /** Nobody has said where it goes: what has no place in the new version. */
  | { readonly move: 'needs-mapping'; readonly ticket: string; readonly missing: readonly Missing[] }
  /** It ends under the version it began with. */
  | {
      readonly move: 'stays'
      readonly ticket: string
      readonly because: 'closed' | 'drained' | 'running-action'
    }

export interface Missing {
  readonly what: 'ticket' | 'node' | 'region' | 'field' | 'value'
  readonly name: string
}

type Names = Readonly<Record<string, string>>

/** What `migrate from n { … }` says. */
export type Mapping = Omit<MigrationBlueprint, 'from'>

export interface MigrationPlan {
  readonly moves: readonly Move[]
}

/** Says of every ticket what becomes of it; none is left out. A ticket may move only when all it holds has a place. */
export function planMigration(
  after: Blueprint,
  { before, mapping, tickets }: { before: Blueprint; mapping: Mapping; tickets: readonly TicketState[] },
): MigrationPlan {
  return { moves: tickets.map(ticket => moveOf({ before, after, mapping }, ticket)) }
}

interface Versions {
  readonly before: Blueprint
  readonly after: Blueprint
  readonly mapping: Mapping
}

function moveOf(versions: Versions, state: TicketState): Move {
  const { id: ticket } = state
  if (state.closedAt !== null) return { move: 'stays', ticket, because: 'closed' }
  const { drains } = versions.mapping
  const stands = Object.keys(state.tokens)
  if (stands.some(node => drains.includes(`${state.kind}.${node}`)))
    return { move: 'stays', ticket, because: 'drained' }
  // Why: the answer of a run names the visit it was started from.
  if (Object.values(state.tokens).some(token => token.run?.state === 'running'))
    return { move: 'stays', ticket, because: 'running-action' }
  const places = renamed(stands, name => versions.mapping.nodes[`${state.kind}.${name}`])
  const form = versions.before.tickets[state.kind]?.form ?? ''
  const fields = renamed(Object.keys(state.fields), name => versions.mapping.fields[`${form}.${name}`])
  const missing = missingOf(versions, state, { places, fields })
  return missing.length > 0
    ? { move: 'needs-mapping', ticket, missing }
    : { move: 'auto', ticket, places, fields }
}

/** The names that are called otherwise. */
function renamed(names: readonly string[], to: (name: string) => string | undefined): Names {
  return Object.fromEntries(
    names.flatMap(name => {
      const other = to(name)
      return other === undefined ? [] : [[name, other.split('.').at(-1)!] as const]
    }),
  )
}

function missingOf(
  { after, mapping }: Versions,
  state: TicketState,
  { places, fields }: { places: Names; fields: Names },
): Missing[] {
  const kind = after.tickets[state.kind]
  if (!kind) return [{ what: 'ticket', name: state.kind }]
  const form = after.forms[kind.form]!
  const nodes = Object.keys(state.tokens).filter(name => !kind.nodes[places[name] ?? name])
  const regions = Object.keys(state.regions).filter(name => !kind.parallels[name])
  const known = Object.entries(state.fields).map(
    ([name, value]) => [name, form.fields[fields[name] ?? name], value] as const,
  )
  const lost = known.filter(([, field, value]) => !field && value !== null)
  const values = known.flatMap(([name, field, value]) => {
    if (field?.type.kind !== 'enum' || typeof value !== 'string') return []
    const to = mapping.values[`${field.type.name}.${value}`]?.split('.').at(-1) ?? value
    return Object.hasOwn(after.enums[field.type.name]?.values ?? {}, to) ? [] : [`${name}=${value}`]
  })
  return [
    ...nodes.map((name): Missing => ({ what: 'node', name })),
    ...regions.map((name): Missing => ({ what: 'region', name })),
    ...lost.map(([name]): Missing => ({ what: 'field', name })),
    ...values.map((name): Missing => ({ what: 'value', name })),
  ]
}
