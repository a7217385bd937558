import type { JsonValue, Type } from '#core/values'
import type { PriceReply } from './money.ts'
import type { PlaceReply } from './places.ts'
import type { MovePlanReply } from './source.ts'

// The answers of the API that pages read. Instants are epoch ms of the desk's business time, unless said otherwise.

export interface ProblemReply {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly params: Readonly<Record<string, string>>
  readonly fields?: readonly FieldProblemReply[]
}

/** What is wrong with one field, or with the form (`field` null). */
export interface FieldProblemReply {
  readonly field: string | null
  readonly problem: string
  readonly detail: string | null
}

export interface SessionReply {
  readonly desk: string
  readonly staff: { readonly id: string; readonly name: string; readonly roles: readonly string[] }
}

export interface StaffReply {
  readonly departments: readonly string[]
  readonly id: string
  readonly name: string
  readonly login: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
}

export interface ChoiceReply {
  readonly value: string
  readonly label: string
}

export interface FieldReply {
  readonly name: string
  readonly label: string
  readonly type: string
  /** The enum or entity of the type. */
  readonly typeName: string | null
  /** What may be chosen, of an enum or a reference. */
  readonly choices: readonly ChoiceReply[] | null
  /** Of a list of rows: what each row holds. */
  readonly columns: readonly ColumnReply[] | null
  readonly value: JsonValue
  readonly writable: boolean
  readonly computed: boolean
}

export interface ColumnReply {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly typeName: string | null
  readonly choices: readonly ChoiceReply[] | null
}

export interface TransitionReply {
  readonly node: string
  readonly event: string
  readonly refused: string | null
  readonly params: Readonly<Record<string, string>>
  readonly asks: readonly string[]
  /** Whether all that the form requires must be there besides. */
  readonly whole: boolean
}

export interface EventReply {
  readonly seq: number
  readonly at: number
  readonly actor: { readonly kind: 'staff' | 'customer' | 'system'; readonly id: string }
  readonly happened: { readonly kind: string }
  /** Of a notice to the customer: what became of it. */
  readonly delivery?: DeliveryReply
}

/** What became of a message; `nobody`: there was no customer to tell. The reason is a code of the outbox. */
export interface DeliveryReply {
  readonly state: string
  readonly reason: string | null
}

/** A kind of ticket that the reader may open by hand, and the entries they may open it by. */
export interface OpeningReply {
  readonly ticket: string
  readonly label: string
  readonly form: string
  readonly entries: readonly string[]
  /** The entity the ticket is about. */
  readonly subject: { readonly entity: string; readonly label: string } | null
}

/** What may be opened; where it is nothing, the roles that may open something. */
export interface OpeningsReply {
  readonly openings: readonly OpeningReply[]
  readonly openers: readonly string[]
}

/** The form of a ticket that is not opened yet, by what is filled so far: defaults and computed values are in it. */
export interface OpeningFormReply {
  readonly fields: readonly (FieldReply & { readonly required: boolean })[]
  /** The records the ticket may be about. */
  readonly subjects: readonly ChoiceReply[]
}

/** The form of a ticket as it stands with what somebody typed so far. */
export type TicketFormReply = Pick<OpeningFormReply, 'fields'>

/** Somebody whom a ticket may be opened for. */
export interface CustomerReply {
  readonly id: string
  readonly name: string
  /** How many of their tickets are open. */
  readonly open: number
}

export interface TicketReply {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly label: string
  readonly form: string
  readonly priority: string
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly openedAt: number
  readonly closedAt: number | null
  readonly outcome: string | null
  readonly seq: number
  readonly now: number
  readonly places: readonly PlaceReply[]
  /** The record the ticket is about, and while it is open those it may be about. */
  readonly subject: {
    readonly entity: string
    readonly label: string
    readonly key: string | null
    readonly choices: readonly { readonly value: string; readonly label: string }[]
  } | null
  /** The roles that may read something of the form, where the reader may not. */
  readonly readers: readonly string[]
  readonly fields: readonly FieldReply[]
  readonly transitions: readonly TransitionReply[]
  readonly prices: readonly PriceReply[]
  readonly events: readonly EventReply[]
}

/** What the names of the desk's pack read as, by locale and qualified name; and the desk's clock. */
export interface VocabularyReply {
  readonly name: string
  readonly demo: boolean
  /** Connected to a WeCom that is none: nothing reaches anybody’s phone. */
  readonly emulated: boolean
  readonly zone: string
  readonly now: number
  /** Nodes at which the customer is waited for, as `ticket.node`. */
  readonly customerNodes: readonly string[]
  /** Nodes where an action runs, as `ticket.node`. */
  readonly actionNodes: readonly string[]
  /** The names of staff who left, by id: history still names them. */
  readonly formerStaff: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>
}

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
  readonly sends: readonly {
    readonly id: string
    readonly at: number
    readonly act: string
    readonly to: string
    readonly number: number | null
    readonly text: string
  }[]
  readonly runs: readonly {
    readonly id: string
    readonly at: number
    readonly act: string
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
  readonly tickets: readonly string[]
  readonly roles: readonly string[]
  readonly settings: Readonly<Record<string, SettingReply>>
  /** What the names of the release read as. */
  readonly labels: VocabularyReply['labels']
  readonly tests: { readonly passed: number; readonly failed: readonly string[] }
  readonly openTickets: number
  readonly moves: MovePlanReply
  /** Entities without a record that some of its forms cannot do without. */
  readonly wants: readonly { readonly entity: string; readonly forms: readonly string[] }[]
  /** What keeps it from being on the desk beside the other packs. */
  readonly clashes: readonly SaidReply[]
  /** Of a desk that changed its text. */
  readonly merge: {
    readonly conflicts: readonly ConflictReply[]
    /** What the desk changed though the release closes it, each with the line of the pack that does. */
    readonly closed: readonly SaidReply[]
    /** Errors of both texts together. */
    readonly errors: number
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
}

/** A newer version that some stores use first: the pack's number, the desk's, and the stores. */
export interface RolloutReply {
  readonly version: number
  readonly seq: number
  readonly stores: readonly string[]
}

/** A line on a phone; `at` is real time, `offsetMs` makes it the desk's. */
export interface EmulatorLog {
  readonly now: number
  readonly offsetMs: number
  readonly customers: readonly { readonly id: string; readonly externalId: string; readonly name: string }[]
  readonly staff: readonly {
    readonly userId: string
    readonly name: string
    readonly roles: readonly string[]
  }[]
  readonly fromCustomers: readonly {
    readonly externalId: string
    readonly text: string
    readonly at: number
  }[]
  readonly toCustomers: readonly { readonly externalId: string; readonly text: string; readonly at: number }[]
  readonly toStaff: readonly { readonly userId: string; readonly text: string; readonly at: number }[]
}

/** A desk made to try things on; `customerPage` is the path of a signed link. */
export interface DemoDesk {
  readonly desk: string
  readonly name: string
  readonly password: string
  readonly customerPage: string | null
  readonly logins: readonly {
    readonly login: string
    readonly name: string
    readonly roles: readonly string[]
  }[]
}

/** A picture that was kept; its id is what a field says. */
export interface AttachmentReply {
  readonly id: string
}

/** The link of a ticket's customer; `url` once the public address of the service is known. */
export interface LinkReply {
  readonly path: string
  readonly url: string | null
}

/** What a customer sees of their ticket. */
export interface CustomerTicketReply {
  readonly desk: string
  readonly number: number
  readonly label: string
  readonly form: string
  readonly closed: boolean
  readonly now: number
  readonly zone: string
  /** The pack's public words, oldest first. */
  readonly progress: readonly { readonly text: string; readonly at: number }[]
  /** When the customer answered what was asked last, where nothing was said to them since. */
  readonly answeredAt: number | null
  readonly prices: readonly PriceReply[]
  readonly fields: readonly FieldReply[]
  readonly transitions: readonly TransitionReply[]
  readonly labels: VocabularyReply['labels']
}

/** What a one-time link is for: to make the first desk, or to set the password of somebody on a desk. */
export type SetupReply =
  | { readonly for: 'desk' }
  | { readonly for: 'password'; readonly desk: string; readonly name: string; readonly login: string }

/** What administrators did and were refused, newest first; `brokenAt` is the first row that is not what was written. */
export interface AuditReply {
  readonly rows: readonly {
    readonly seq: number
    readonly at: number
    readonly actor: string
    readonly action: string
    readonly target: string
    readonly data: Readonly<Record<string, string>>
    /** Of what was refused: why, in words. */
    readonly says: SaidReply | null
  }[]
  readonly brokenAt: number | null
}

/** A key whose archives the desk takes; `own`: by its own choice, else by the service's. */
export interface KeyReply {
  readonly id: string
  readonly name: string
  readonly own: boolean
}

/** Words in both languages. */
export interface SaidReply {
  readonly zh: string
  readonly en: string
}

export type ConnectStepName = 'corp' | 'account' | 'callback' | 'domain' | 'members'

/** A step of connecting WeCom; `waiting`: on WeCom's call. `todo`: what to click, in order. */
export interface ConnectStepReply {
  readonly step: ConnectStepName
  readonly state: 'open' | 'waiting' | 'pass' | 'warn' | 'fail'
  readonly at: number | null
  readonly says: SaidReply
  readonly todo: readonly SaidReply[]
}

/** How far a desk is in connecting WeCom; secrets are never told, the callback's are, as they are to be pasted in WeCom's console. */
export interface ConnectReply {
  readonly emulated: boolean
  /** Whether some connection is in use, whatever was typed since. */
  readonly inForce: boolean
  readonly typed: {
    readonly baseUrl: string
    readonly corpId: string
    readonly agentId: number | null
    readonly hasSecret: boolean
    readonly account: string
    readonly publicUrl: string
    readonly token: string
    readonly aesKey: string
  }
  /** The path of the callback, below the public address. */
  readonly callbackPath: string
  readonly accounts: readonly {
    readonly openKfId: string
    readonly name: string
    readonly managed: boolean
  }[]
  /** Whom the application sees; `hired`: who is staff of the desk already. */
  readonly members: readonly {
    readonly userId: string
    readonly name: string
    readonly departments: readonly string[]
    readonly hired: boolean
  }[]
  readonly steps: readonly ConnectStepReply[]
}

/** People who were taken on as staff, each with the path of a one-time link. */
export interface HiredReply {
  readonly name: string
  readonly login: string
  readonly link: string
}

/** One line of the check-up of a desk, with what to do where it does not pass. */
export interface CheckReply {
  readonly check: string
  readonly state: 'pass' | 'warn' | 'fail'
  readonly title: SaidReply
  readonly says: SaidReply
  readonly todo: SaidReply | null
  /** The page where it is mended. */
  readonly page: string | null
}

/** A run of an action: what went in, what came of it and what it took. Instants are real time, epoch ms. */
export interface ActionRunReply {
  readonly id: string
  readonly ticket: string
  readonly number: number
  readonly node: string
  readonly action: string
  /** queued, running, waiting (to be tried again), held (in trial) or done. */
  readonly state: string
  readonly attempts: number
  readonly input: Readonly<Record<string, JsonValue>>
  /** Inputs that the reader may not see; where there are any, output and log are withheld too. */
  readonly hidden: readonly string[]
  readonly outcome: string | null
  readonly output: Readonly<Record<string, JsonValue>> | null
  /** Why it failed: a code and words; the code alone where something is withheld. */
  readonly detail: string | null
  /** Where it failed in the action’s own text, a place a line. */
  readonly stack: string | null
  readonly log: readonly { readonly level: string; readonly text: string; readonly data: JsonValue }[] | null
  /** What it took; of a run over several tickets, all of them together. */
  readonly meters: {
    readonly ms: number
    readonly maxRssBytes: number
    readonly calls: number
    readonly tickets?: number
  } | null
  /** Business time, epoch ms. */
  readonly at: number
  readonly changedAt: number
}

/** A record of the desk under its key, as it is kept. */
export interface RecordReply {
  readonly key: string
  readonly data: Readonly<Record<string, JsonValue>>
}

/** An entity whose records the desk keeps. */
export interface EntityReply {
  readonly entity: string
  readonly label: string
  /** The field whose value is the key. */
  readonly key: string
  /** How many there are; `inPack`: rows that come with the pack besides. */
  readonly count: number
  readonly inPack: number
  /** Forms that cannot be filled without one. */
  readonly wantedBy: readonly string[]
  readonly fields: readonly FieldReply[]
}

/** What a file of records changes, or would change: nothing is written of a file with any fault. */
export interface ImportReply {
  readonly rows: number
  readonly written: boolean
  readonly added: number
  readonly changed: number
  readonly same: number
  /** How many faults there are; the first hundred are told. */
  readonly faulty: number
  readonly faults: readonly RecordFaultReply[]
}

/** What is wrong with a cell, a row, a column or the whole file (`line` null). */
export interface RecordFaultReply {
  readonly line: number | null
  readonly column: string | null
  readonly fault: string
  readonly text: string
}

/** Who works on a desk, what its pack asks of them, and what it asks for that nobody is. */
export interface StaffingReply {
  readonly people: readonly PersonReply[]
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly skills: readonly string[]
  readonly stores: readonly ChoiceReply[]
  /** Tickets at `place` (`ticket.node`) that ask for this would wait for good. */
  readonly unstaffed: readonly {
    readonly place: string
    readonly role: string
    readonly team: string | null
    readonly skill: string | null
  }[]
  /** How many places of open tickets wait for somebody. */
  readonly waiting: number
}

export interface PersonReply extends StaffReply {
  readonly skills: readonly string[]
  readonly onShift: boolean
  readonly store: string | null
  readonly wecomUser: string | null
  /** False until they have used their one-time link. */
  readonly hasPassword: boolean
  /** How many places they hold in open tickets. */
  readonly load: number
}
