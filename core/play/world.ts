import type { Blueprint } from '#core/blueprint'
import { filledForm, type Decision, type DeskFacts, type Refusal, type TicketState } from '#core/desk'
import type { FieldValues, TicketAround } from '#core/form'
import { holidayTables, type JsonValue } from '#core/values'
import { emptyAgenda, type Agenda } from './agenda.ts'
import { emptyPeople, type People } from './people.ts'
import { emptyReach, type Reach, type ReachEvent } from './reach.ts'
import type { SentMessage } from './send.ts'

/** A desk in memory, on a clock of its own: everything it knows, changed step by step. */
export interface World {
  readonly blueprint: Blueprint
  at: number
  /** What conditions may read of other records. */
  readonly records: Record<string, Record<string, FieldValues>>
  /** What signals say. */
  readonly signals: Record<string, FieldValues>
  readonly tickets: Map<string, TicketState>
  /** Record to the tickets about it, where it counts them. */
  readonly about: Map<string, string[]>
  /** Customer to their open tickets. */
  readonly open: Map<string, Set<string>>
  readonly people: People
  readonly reach: Reach
  readonly agenda: Agenda
  readonly watch: Watch
}

/** Who looks on. */
export interface Watch {
  /** What a decision asks for besides; a refusal of that is one of the whole. */
  readonly decided?: (decision: Decision, before: TicketState | undefined) => Refusal | undefined | void
  /** Something happened to a customer on the way through an SOP. */
  readonly reached?: (sop: string, event: ReachEvent) => void
  /** The gate has judged a message. */
  readonly sent?: (message: SentMessage) => void
  /** Leaves out of decisions what only explains them. */
  readonly isTerse?: boolean
}

export function emptyWorld(blueprint: Blueprint, at: number, watch: Watch): World {
  return {
    ...{ blueprint, at, watch, records: {}, signals: {} },
    ...{ tickets: new Map(), about: new Map(), open: new Map() },
    ...{ people: emptyPeople(blueprint), reach: emptyReach(), agenda: emptyAgenda() },
  }
}

/** Whose record it is by its own field; undefined when it says nothing of that. */
export function ownerOf(world: World, entity: string, key: string): string | undefined {
  const fields = world.blueprint.entities[entity]?.fields ?? {}
  const link = Object.entries(fields).find(([, { type }]) => type.kind === 'ref' && type.name === 'customer')
  const owner: JsonValue | undefined = link && world.records[entity]?.[key]?.[link[0]]
  return typeof owner === 'string' ? owner : undefined
}

/** What the engine is given, besides what is about one ticket alone. */
export function factsOf({ blueprint, records, reach, signals, people }: World): DeskFacts {
  return {
    zone: blueprint.pack.zone,
    holidays: holidayTables,
    records,
    settings: NO_SETTINGS,
    signals,
    last: reach.last,
    staff: people.roster,
    previous: NOBODY,
  }
}

const NO_SETTINGS: FieldValues = {}
const NOBODY: DeskFacts['previous'] = {}

/** The other tickets about the record that a ticket is about, as its conditions read them. */
export function others(
  { blueprint, tickets, about }: World,
  id: string,
  subject: string | null,
): readonly TicketAround[] {
  const ids = subject === null ? undefined : about.get(subject)
  if (!ids) return NO_TICKETS
  const found: TicketAround[] = []
  for (const other of ids) {
    const state = other === id ? undefined : tickets.get(other)
    if (!state) continue
    const { kind, outcome } = state
    found.push({ ...filledForm(blueprint, state), id: other, kind, outcome })
  }
  return found
}

const NO_TICKETS: readonly TicketAround[] = []
