import type { JsonValue } from '#core/values'
import type { ChoiceReply, FieldReply, StaffReply } from './replies.ts'

// The answers that administrators’ pages read: connection, check-up, record, records, staff.

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

/** Which version's code a run runs again, and the one that serves new tickets. */
export type RunAgainReply = Pick<ActionRunReply, 'version' | 'serves'>

/** A run of an action: what went in, what came of it and what it took. Instants are real time, epoch ms. */
export interface ActionRunReply {
  readonly id: string
  readonly ticket: string
  readonly number: number
  readonly node: string
  readonly action: string
  /** queued, running, waiting (to be tried again), held (by a trial, or as the action is switched off) or done. */
  readonly state: string
  /** What holds a held one now; null of all others. */
  readonly heldBy: 'trial' | 'off' | null
  readonly attempts: number
  /** The desk's version whose code it runs, which is its ticket's, and the one that serves new tickets of its pack. */
  readonly version: number
  readonly serves: number
  /** Its ticket still waits for its outcome. */
  readonly waits: boolean
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
  /** Headers of columns that were left out. */
  readonly ignored: readonly string[]
}

/** What is wrong with a cell, a row, a column or the whole file (`line` null). */
export interface RecordFaultReply {
  readonly line: number | null
  readonly column: string | null
  readonly fault: string
  readonly text: string
  /** Of a cell that does not fit: all that would. */
  readonly fits?: string
  /** Or an example of it. */
  readonly like?: string
  /** Of a record that is there twice: the line it stands in first. */
  readonly first?: number
}

/** Which kind of ticket customers' first words open (null: none takes them), and which kinds might. */
export interface FirstWordsReply {
  readonly kinds: readonly { readonly ticket: string; readonly label: string; readonly pack: string }[]
  readonly opens: string | null
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
