import type { JsonValue, Type } from '#core/values'
import type { SaidReply } from './administration.ts'
import type { ChoiceReply, VocabularyReply } from './replies.ts'
import type { ChangeReply, MovePlanReply } from './source.ts'

// The answers about packs on their way onto a desk.

/** A release as the catalogue shows it. */
export interface CatalogueReply {
  readonly name: string
  readonly label: string
  readonly version: number
  readonly hash: string
  /** Who signed it, by the name the key was trusted under. */
  readonly maker: string
  readonly state: string | null
}

/** Something a pack may do, in words; `key` is what a consent keeps, `isNew` what was not agreed to before. */
export interface PermissionReply {
  readonly key: string
  readonly kind: 'read' | 'write' | 'call' | 'personal' | 'send'
  readonly zh: string
  readonly en: string
  readonly isNew: boolean
}

/** How many people a pack may reach. */
export interface AffectedReply {
  readonly customers: number
  readonly staff: number
}

/** What uninstalling leaves, counted; `sends` is what would still have gone out and does not. */
export interface RemainsReply {
  readonly openTickets: number
  readonly closedTickets: number
  readonly customers: number
  readonly records: number
  readonly ledger: number
  readonly sends: number
}

/** What would have gone out, newest first: how much of each act, messages, and runs of actions. */
export interface TrialReply {
  readonly counts: Readonly<Record<string, number>>
  /** By act, the held runs whose tickets still wait for them: they are really run once the act is switched on. */
  readonly waiting: Readonly<Record<string, number>>
  /** How many of them were held while the pack was live, as their act is switched off. */
  readonly off: Readonly<Record<string, number>>
  readonly sends: readonly {
    readonly id: string
    readonly at: number
    readonly act: string
    readonly reason: 'trial' | 'off'
    readonly to: string
    readonly number: number | null
    readonly text: string
  }[]
  readonly runs: readonly {
    readonly id: string
    readonly at: number
    readonly act: string
    readonly reason: 'trial' | 'off'
    readonly number: number
    readonly input: Readonly<Record<string, unknown>>
  }[]
}

export interface SettingReply {
  readonly label: string
  readonly type: Type
  readonly default: JsonValue
  readonly min?: JsonValue
  readonly max?: JsonValue
  readonly help?: string
  /** The values of an enum, in order. */
  readonly choices: readonly ChoiceReply[] | null
}

export interface PlanReply {
  readonly name: string
  readonly label: string
  readonly version: number
  readonly hash: string
  readonly permissions: readonly PermissionReply[]
  readonly affects: AffectedReply
  /** Kinds of tickets and roles, by name. */
  readonly tickets: readonly string[]
  readonly roles: readonly string[]
  readonly settings: Readonly<Record<string, SettingReply>>
  /** What the names of the release read as. */
  readonly labels: VocabularyReply['labels']
  readonly tests: { readonly passed: number; readonly failed: readonly string[] }
  readonly openTickets: number
  readonly moves: MovePlanReply
  /** The version that runs now; null where none does. */
  readonly runs: number | null
  /** What would run, by its hash: another once the desk’s text changed or something was decided otherwise. */
  readonly result: string
  /** What would differ in meaning from what runs. */
  readonly changes: readonly (SaidReply & Pick<ChangeReply, 'class'>)[]
  /** The desk’s text holds changes that were never published: they would come into force as well. */
  readonly draft: boolean
  /** Entities without a record that some of its forms cannot do without. */
  readonly wants: readonly { readonly entity: string; readonly forms: readonly string[] }[]
  /** What it has in common with other packs of the desk, by name: whoever holds such a role holds it for both. */
  readonly shared: { readonly roles: readonly string[]; readonly entities: readonly string[] }
  /** What keeps it from being on the desk beside the other packs. */
  readonly clashes: readonly SaidReply[]
  /** Of a desk that changed its text. */
  readonly merge: {
    readonly conflicts: readonly ConflictReply[]
    /** What the desk changed though the release closes it, each with the line of the pack that does. */
    readonly closed: readonly SaidReply[]
    /** Errors of both texts together, and the first of them with their places. */
    readonly errors: number
    readonly findings: readonly SaidReply[]
    /** Tests that the release alone passes and that fail with what the desk changed. */
    readonly broken: readonly string[]
  } | null
}

/** A place that the desk and a release both changed: what each says, and what was chosen. */
export interface ConflictReply {
  readonly place: string
  readonly kind: 'both-changed' | 'both-added' | 'mine-removed' | 'theirs-removed'
  readonly zh: string
  readonly en: string
  /** What the pack said before, what the desk says and what the release says; null where a side has nothing. */
  readonly base: string | null
  readonly mine: string | null
  readonly theirs: string | null
  readonly choice: { readonly how: 'keep' | 'take' | 'merge'; readonly text: string | null } | null
}

/**
 * How far a desk is with a pack; `state` null when it never consented. Hashes of releases: the one agreed to last, and the one
 * that runs.
 */
export interface InstallReply {
  readonly state: string | null
  readonly consented: string | null
  readonly running: string | null
  readonly canRollBack: boolean
  readonly rollout: RolloutReply | null
  readonly settings: Readonly<Record<string, JsonValue>>
  readonly roles: Readonly<Record<string, readonly string[]>>
  readonly departments: Readonly<Record<string, readonly string[]>>
  readonly outward: readonly string[]
  /** Every outward act there is. */
  readonly acts: readonly string[]
  /** Whether the notices with which the pack asks customers bring a link: not without the service’s key (`none`), nor before its address is proved. */
  readonly links: 'none' | 'unproved' | 'pass'
}

/** A newer version that some stores use first: the pack's number, the desk's, and the stores. */
export interface RolloutReply {
  readonly version: number
  readonly seq: number
  readonly stores: readonly string[]
}
