import type { JsonValue } from '#core/values'
import type { PriceReply } from './money.ts'
import type { PlaceReply } from './places.ts'

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

/** An action that does not run: its pack is in trial, or the action is switched off. */
export interface StopReply {
  readonly action: string
  readonly pack: string
  readonly state: 'trial' | 'off'
}

export interface EventReply {
  readonly seq: number
  readonly at: number
  readonly actor: { readonly kind: 'staff' | 'customer' | 'system'; readonly id: string }
  readonly happened: { readonly kind: string }
  /** Of a notice to the customer: what became of it. */
  readonly delivery?: DeliveryReply
}

/**
 * What became of a message, by its id in the outbox; `nobody`: there was no customer to tell. The reason is a code of the outbox or
 * of WeCom; `again`: it surely did not arrive and may be sent once more.
 */
export interface DeliveryReply {
  readonly id: string | null
  readonly state: string
  readonly reason: string | null
  readonly again: boolean
}

/** Whether the reader may leave words on a ticket, and how an answer would reach its customer. */
export interface WordsReply {
  readonly may: boolean
  /** Why the customer cannot be answered now: a problem’s code. */
  readonly unreachable: string | null
  /** An answer is kept and not sent: the pack is in trial, or its messages to customers are switched off. */
  readonly silence: 'trial' | 'off' | null
  /** How many messages WeCom still takes, and until when. */
  readonly left: number
  readonly until: number | null
}

/** What the send gate would make of an answer now; the reasons in words. */
export interface WordsJudgedReply {
  readonly verdict: 'allow' | 'defer' | 'drop'
  readonly until: number | null
  readonly why: { readonly zh: readonly string[]; readonly en: readonly string[] }
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
  /** Whether customers have a field for a telephone number: they are found by it too. */
  readonly findsByPhone: boolean
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
  /** What the reader may read of the form besides, which its conditions hide now: the history may name it. */
  readonly hiddenFields: readonly FieldReply[]
  readonly transitions: readonly (TransitionReply & {
    /** The actions that the transition may lead to and that do not run now: the ticket would stop there. */
    readonly stops: readonly StopReply[]
  })[]
  readonly words: WordsReply
  readonly prices: readonly PriceReply[]
  readonly events: readonly EventReply[]
}

/** What the names of the desk's pack read as, by locale and qualified name; and the desk's clock. */
export interface VocabularyReply {
  readonly name: string
  readonly demo: boolean
  /** Whether a WeCom is connected. */
  readonly connected: boolean
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

/** A region: its code, its name behind what it lies in (`浙江 杭州`), and shorter names that mean it as well. */
export interface RegionReply {
  readonly code: string
  readonly name: string
  readonly also: readonly string[]
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
  /** What customer and staff wrote to each other, as far as it reached them, oldest first. */
  readonly talk: readonly { readonly by: 'customer' | 'staff'; readonly text: string; readonly at: number }[]
  readonly prices: readonly PriceReply[]
  readonly fields: readonly FieldReply[]
  readonly transitions: readonly TransitionReply[]
  readonly labels: VocabularyReply['labels']
}

/** What a one-time link is for: to make the first desk, or to set the password of somebody on a desk. */
export type SetupReply =
  | { readonly for: 'desk' }
  | { readonly for: 'password'; readonly desk: string; readonly name: string; readonly login: string }
