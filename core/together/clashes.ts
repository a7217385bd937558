import type { Blueprint } from '#core/blueprint'
import { differsIn, everyDesks } from './apart.ts'

/** What two packs on one desk cannot both be: called alike where the desk goes by the name alone, or one record of two meanings. */
export interface Clash {
  readonly what:
    'ticket' | 'form' | 'sop' | 'source' | 'action' | 'secret' | 'key' | 'field' | 'zone' | 'currency'
  readonly name: string
  /** The other pack, as people call it. */
  readonly other: string
}

const named = [
  ['ticket', 'tickets'],
  ['form', 'forms'],
  ['sop', 'sops'],
  ['source', 'sources'],
  ['action', 'actions'],
] as const

/** What keeps a pack from sharing a desk with the others; nothing where they go together. */
export function clashesWith(pack: Blueprint, others: readonly Blueprint[]): Clash[] {
  return others.flatMap(other => {
    const found = [...namesTwice(pack, other), ...recordsTwice(pack, other), ...reckoning(pack, other)]
    return found.map(([what, name]) => ({ what, name, other: other.pack.label }))
  })
}

type Found = readonly [Clash['what'], string]

function namesTwice(pack: Blueprint, other: Blueprint): Found[] {
  const names = named.flatMap(([what, section]) =>
    both(Object.keys(pack[section]), Object.keys(other[section])).map((name): Found => [what, name]),
  )
  // Why: what is set for one maker's action or source would be handed to another's.
  return [...names, ...both(secretsOf(pack), secretsOf(other)).map((name): Found => ['secret', name])]
}

/** The secrets that a pack's actions and sources ask for. */
export function secretsOf({ actions, sources }: Pick<Blueprint, 'actions' | 'sources'>): string[] {
  const asked = [
    ...Object.values(actions).flatMap(action => action.secrets),
    ...Object.values(sources).map(source => source.secret),
  ]
  return [...new Set(asked)]
}

function recordsTwice(pack: Blueprint, other: Blueprint): Found[] {
  const shared = both(Object.keys(pack.entities), Object.keys(other.entities))
  return shared
    .filter(entity => !everyDesks.includes(entity))
    .flatMap((entity): Found[] => {
      const [mine, theirs] = [pack.entities[entity]!, other.entities[entity]!]
      if (mine.key !== theirs.key) return [['key', entity]]
      const fields = both(Object.keys(mine.fields), Object.keys(theirs.fields))
      return fields
        .filter(field => differsIn(pack, other, { entity, field }))
        .map(field => ['field', `${entity}.${field}`])
    })
}

function reckoning({ pack }: Blueprint, { pack: other }: Blueprint): Found[] {
  return [
    ...(pack.zone === other.zone ? [] : [['zone', pack.zone] as const]),
    ...(pack.currency === other.currency ? [] : [['currency', pack.currency] as const]),
  ]
}

const both = (mine: readonly string[], theirs: readonly string[]): string[] =>
  mine.filter(name => theirs.includes(name))
