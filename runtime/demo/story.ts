import type { FieldValues } from '#core/form'
import type { Chance } from './chance.ts'
import type { DemoPerson } from './people.ts'

/** A demo desk: who works there, what is known, and what its customers come with. */
export interface Story {
  readonly tenant: string
  readonly name: string
  /** Folder below `plugins`, and the pack's name. */
  readonly pack: string
  readonly ticket: string
  readonly staff: readonly DemoPerson[]
  readonly customers: readonly DemoRecord[]
  readonly records: readonly { readonly entity: string; readonly rows: readonly DemoRecord[] }[]
  /** What customers come with, and what it is about. */
  readonly matters: readonly Matter[]
  /** What is done at each node. */
  readonly moves: Readonly<Record<string, Move>>
  /** Tickets of each of the three days; the last day is still going on. */
  readonly perDay: readonly number[]
}

export interface DemoRecord {
  readonly key: string
  readonly data: FieldValues
}

/** One kind of matter: the fields it is opened with, and what the moves read of it. */
export interface Matter {
  readonly fields: FieldValues
  readonly traits: Readonly<Record<string, string>>
  /** Key of the record it is about; without one, the customer's own when the story has it. */
  readonly subjectOf?: (customer: string) => string
}

/** Who acts at a node, after how many minutes, and what they do for the customer (by key). */
export interface Move {
  readonly role: string
  readonly minutes: readonly [number, number]
  readonly takes: (matter: Matter, chance: Chance, customer: string) => { event: string; fields: FieldValues }
}
