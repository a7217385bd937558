import Type, { type Static } from 'typebox'

// What the author's page and the server say to each other about a desk's text and its versions.

/** No file of a pack is larger than this, in UTF-16 units. */
export const MAX_FILE_LENGTH = 1024 * 1024
export const MAX_FILES = 200

const Files = Type.Record(
  Type.String({ pattern: '^[^/\\\\.][^\\\\]{0,180}\\.(?:axle|csv)$' }),
  Type.String({ maxLength: MAX_FILE_LENGTH }),
  { maxProperties: MAX_FILES, minProperties: 1, additionalProperties: false },
)

export const SaveSource = Type.Object({ files: Files }, { additionalProperties: false })
export type SaveSource = Static<typeof SaveSource>

export const TestSource = Type.Object({ files: Files }, { additionalProperties: false })
export type TestSource = Static<typeof TestSource>

export interface SourceReply {
  readonly pack: string
  /** Goes up by one with every save; the ETag. */
  readonly revision: number
  readonly files: Readonly<Record<string, string>>
  /** The packs that run, one of which this is unless it was uninstalled. */
  readonly packs: readonly { readonly name: string; readonly label: string }[]
}

/** Lines and columns from 1, in UTF-16 units, end exclusive. */
export interface RangeReply {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

export interface FindingReply {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly file: string
  readonly range: RangeReply
  readonly message: string
  readonly help: string
}

/** A refusal that says what is wrong with the text. */
export interface UnsoundReply {
  readonly findings?: readonly FindingReply[]
}

/** One test of the pack: a row of an example, or a story. */
export interface TestResultReply {
  readonly name: string
  readonly kind: 'example' | 'story'
  readonly passed: boolean
  readonly file: string
  /** Of the row, or of the step at which the story failed. */
  readonly line: number
  /** Output to what was wanted and what came. */
  readonly differences: Readonly<Record<string, { readonly expected: unknown; readonly actual: unknown }>>
  readonly reason: string | null
  readonly detail: string
  /** Where the tickets stood when the story failed. */
  readonly standing: readonly string[]
}

/** With errors in the text nothing is run. */
export interface TestRunReply {
  readonly findings: readonly FindingReply[]
  readonly results: readonly TestResultReply[]
}

export interface PublishReply {
  readonly version: number
  /** False when the text means what the newest version means already. */
  readonly isNew: boolean
}

/** What a text would do if it were published now. */
export interface PublishPlanReply {
  readonly isNew: boolean
  /** What differs in meaning from the version that serves. */
  readonly changes: readonly ChangeReply[]
  readonly moves: MovePlanReply
}

export interface ChangeReply {
  readonly class: 'safe' | 'auto' | 'mapping' | 'breaking'
  readonly message: string
}

/** What becomes of the tickets in flight: how many go on under the new version, and how many keep theirs and why. */
export interface MovePlanReply {
  readonly auto: number
  /** Drained, or while an action runs. */
  readonly stays: number
  readonly needsMapping: number
  /** Of a version that the new one says nothing of. */
  readonly unsaid: number
  /** The same by where they stand, the most pressing first. */
  readonly groups: readonly MoveGroupReply[]
}

export interface MoveGroupReply {
  readonly move: 'auto' | 'stays' | 'needs-mapping' | 'unsaid'
  /** The pack's version they began with. */
  readonly from: number
  /** What people call them. */
  readonly ticket: string
  readonly places: readonly string[]
  /** Where those go that are called otherwise. */
  readonly to: readonly string[]
  readonly because: 'closed' | 'drained' | 'running-action' | null
  /** Of unsaid ones: all they hold is there by its name, so that an empty `migrate from` would move them. */
  readonly fits: boolean
  readonly missing: readonly MissingReply[]
  readonly count: number
  /** Numbers of the first few. */
  readonly numbers: readonly number[]
}

export interface MissingReply {
  readonly what: 'ticket' | 'subject' | 'node' | 'region' | 'action' | 'field' | 'value'
  readonly name: string
}

/** How far the tickets in flight are on their way to a version; all are zero when it says nothing of any. */
export interface MoveProgressReply {
  readonly pending: number
  /** For an action to answer. */
  readonly waiting: number
  readonly moved: number
  readonly stays: number
  readonly needsMapping: number
  /** Those that another version came before. */
  readonly superseded: number
  /** Tickets that have no place, the first of them. */
  readonly unmapped: readonly { readonly number: number; readonly missing: readonly MissingReply[] }[]
}

export interface VersionReply {
  readonly seq: number
  readonly hash: string
  readonly by: string | null
  /** Epoch ms, real time. */
  readonly at: number
  /** The one that serves every store. */
  readonly current: boolean
  /** The stores that alone begin new tickets with it; null where it is for all, none once it was taken back. */
  readonly stores: readonly string[] | null
}
