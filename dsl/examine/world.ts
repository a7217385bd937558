import type { Blueprint } from '#core/blueprint'
import { filledForm, type DeskFacts, type Effect, type TicketEvent, type TicketState } from '#core/desk'
import { formRecord, type FieldValues, type TicketAround } from '#core/form'
import { holidayTables, type JsonValue, type Value } from '#core/values'
import type { GivenRecord, GivenStaff } from '#dsl/check'
import { awaitMoment, type Reach, type ReachEvent } from './reach.ts'
import { staffIn } from './staff.ts'

/** What happened to a ticket, by its kind, or to a customer on the way through an SOP, by its name. */
export type Happened =
  | { readonly kind: string; readonly event: TicketEvent }
  | { readonly kind: string; readonly event: ReachEvent }

/** The desk of a story: everything it knows, changed step by step. */
export interface World {
  readonly history: Happened[]
  readonly blueprint: Blueprint
  at: number
  readonly records: Record<string, Record<string, FieldValues>>
  readonly tickets: Map<string, TicketState>
  readonly effects: Effect[]
  /** What actions answer in this story. */
  readonly answers: Map<string, FieldValues>
  /** What signals say in this story. */
  readonly signals: Record<string, FieldValues>
  readonly reach: Reach
  /** The members of staff whom the story names. */
  readonly staff: GivenStaff[]
  /** Who was given which place, in order. */
  readonly holders: {
    readonly id: string
    readonly node: string
    readonly staff: string
    readonly at: number
  }[]
  /** When somebody was last relieved of a place. */
  readonly idleSince: Map<string, number>
}

/** Keeps a record and those inside it; a record without its key gets a name. */
export function give(world: World, { entity, fields }: GivenRecord): string {
  const flat = Object.entries(fields).map(
    ([name, value]) => [name, isGiven(value) ? give(world, value) : value] as const,
  )
  const all: Record<string, JsonValue> = Object.fromEntries(flat)
  const keyField = world.blueprint.entities[entity]?.key
  const given = keyField ? all[keyField] : all.id
  const table = (world.records[entity] ??= {})
  const key = typeof given === 'string' ? given : `${entity}-${Object.keys(table).length + 1}`
  table[key] = { id: key, ...all }
  awaitMoment(world, { entity, key })
  return key
}

function isGiven(value: JsonValue | GivenRecord): value is GivenRecord {
  return typeof value === 'object' && value !== null && 'entity' in value
}

/** Whose record it is, else the customer the story named last; a story without one gets one. */
export function customerOf(world: World, entity: string | null, subject: string | null): string {
  const fields = entity === null ? {} : (world.blueprint.entities[entity]?.fields ?? {})
  const link = Object.entries(fields).find(([, { type }]) => type.kind === 'ref' && type.name === 'customer')
  const linked = link && subject !== null ? world.records[entity!]![subject]![link[0]] : undefined
  if (typeof linked === 'string') return linked
  return Object.keys(world.records.customer ?? {}).at(-1) ?? give(world, { entity: 'customer', fields: {} })
}

/** What the engine is given. */
export function factsOf(world: World): DeskFacts {
  const { blueprint, records, reach } = world
  const { zone } = blueprint.pack
  const frame = { zone, holidays: holidayTables }
  return {
    ...frame,
    records,
    settings: {},
    signals: world.signals,
    staff: staffIn(world),
    previous: {},
    last: reach.last,
  }
}

/** The tickets besides one, as conditions about its record read them. */
export function others(world: World, id: string): TicketAround[] {
  return [...world.tickets.values()].flatMap(state =>
    state.id === id
      ? []
      : [{ ...filledForm(world.blueprint, state), id: state.id, kind: state.kind, outcome: state.outcome }],
  )
}

/** Tickets by their kind, the newest of each. */
export function namesOf(world: World): Record<string, Value> {
  const facts = factsOf(world)
  return Object.fromEntries(
    [...world.tickets.values()].map(state => [
      state.kind,
      formRecord(world.blueprint, filledForm(world.blueprint, state), {
        ...facts,
        at: world.at,
        tickets: others(world, state.id),
      }),
    ]),
  )
}
