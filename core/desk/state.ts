import type { Priority } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { PricedLine } from '#core/pricing'

/** A ticket as it stands, folded from its events; plain JSON. Instants are epoch ms. */
export interface TicketState {
  readonly id: string
  readonly kind: string
  /** How many events it has had. */
  readonly seq: number
  readonly entry: string
  readonly openedAt: number
  readonly closedAt: number | null
  readonly outcome: string | null
  readonly priority: Priority
  readonly customer: string | null
  readonly subject: string | null
  readonly fields: FieldValues
  /** Where it stands: node name to the token there. */
  readonly tokens: Readonly<Record<string, Token>>
  readonly regions: Readonly<Record<string, Readonly<Record<string, 'open' | 'done'>>>>
  /** How often each node was entered, and each limited transition taken. */
  readonly visits: Readonly<Record<string, number>>
  readonly counts: Readonly<Record<string, number>>
  readonly timers: readonly Timer[]
  /** Price name to its total (decimal text): an estimate while the ticket is open, final once it closed. */
  readonly prices: Readonly<Record<string, { readonly stage: PriceStage; readonly total: string }>>
}

export type PriceStage = 'estimate' | 'final'

export interface Token {
  readonly visit: number
  readonly since: number
  /** The member of staff whose act led here. */
  readonly from: string | null
  readonly team: string | null
  readonly assignee: string | null
  readonly clocks: readonly ClockState[]
  /** Of a node that runs an action: how it is with the run. */
  readonly run?: { readonly state: 'running' | 'faulted'; readonly detail: string | null }
}

export interface ClockState {
  readonly name: string
  readonly startedAt: number
  /** Null when the calendar does not reach that far. */
  readonly dueAt: number | null
  readonly breached: boolean
}

/** Something that is due at an instant; gone once it fired or its node was left. */
export interface Timer {
  /** `node#visit/what`: a later visit never answers to an earlier timer. */
  readonly id: string
  readonly dueAt: number
  readonly node: string
  readonly kind: 'clock' | 'after' | 'route'
  /** Index of the clock's mark or of the node's reaction. */
  readonly index: number
  readonly clock: string | null
}

/** Who did it. */
export interface Actor {
  readonly kind: 'staff' | 'customer' | 'system'
  readonly id: string
}

export interface TicketEvent {
  readonly seq: number
  readonly at: number
  readonly actor: Actor
  readonly happened: Happening
  /** Why: which rows, which candidates, which conditions. */
  readonly trace?: unknown
}

/** Everything that can happen to a ticket. */
export type Happening =
  | {
      readonly kind: 'opened'
      readonly id: string
      readonly ticket: string
      readonly entry: string
      readonly customer: string | null
      readonly subject: string | null
      readonly fields: FieldValues
    }
  | { readonly kind: 'fields-filled'; readonly fields: FieldValues }
  | { readonly kind: 'message-received'; readonly text: string; readonly messageId: string }
  /** Staff answered the customer. */
  | { readonly kind: 'replied'; readonly text: string }
  /** Staff noted something that customers never see. */
  | { readonly kind: 'noted'; readonly text: string }
  | {
      readonly kind: 'node-entered'
      readonly node: string
      readonly visit: number
      readonly from: string | null
    }
  | {
      readonly kind: 'clock-started'
      readonly node: string
      readonly clock: string
      readonly dueAt: number | null
    }
  | { readonly kind: 'timer-set'; readonly timer: Timer }
  | { readonly kind: 'timer-fired'; readonly id: string }
  | { readonly kind: 'clock-reached'; readonly node: string; readonly clock: string; readonly share: string }
  | {
      readonly kind: 'assigned'
      readonly node: string
      readonly team: string | null
      readonly assignee: string | null
      /** Where a person gave the place to somebody rather than the routing. */
      readonly handed?: { readonly reason: string | null }
    }
  | { readonly kind: 'subject-chosen'; readonly subject: string }
  | { readonly kind: 'marked'; readonly priority: Priority }
  | {
      readonly kind: 'escalated'
      readonly node: string
      readonly to: readonly string[]
      readonly staff: readonly string[]
    }
  | { readonly kind: 'notified'; readonly to: readonly string[]; readonly staff: readonly string[] }
  | { readonly kind: 'customer-told'; readonly node: string; readonly text: string }
  | {
      readonly kind: 'node-left'
      readonly node: string
      /** The transition, or `null` when time or an aborted region led on. */
      readonly event: string | null
      readonly counted: string | null
    }
  | { readonly kind: 'region-entered'; readonly parallel: string; readonly branches: readonly string[] }
  | { readonly kind: 'branch-done'; readonly parallel: string; readonly branch: string }
  | { readonly kind: 'region-left'; readonly parallel: string; readonly aborted: boolean }
  | {
      readonly kind: 'priced'
      readonly price: string
      readonly stage: PriceStage
      readonly total: string
      readonly lines: readonly PricedLine[]
    }
  | { readonly kind: 'unpriced'; readonly price: string; readonly line: string; readonly step: string }
  | {
      readonly kind: 'settled'
      readonly settlement: string
      readonly base: string
      readonly currency: string
      /** From when on it may be paid out; null when the calendar does not reach that far. */
      readonly payableAt: number | null
      readonly shares: readonly { readonly party: string; readonly amount: string; readonly why: string }[]
    }
  | {
      readonly kind: 'action-started'
      readonly node: string
      readonly action: string
      readonly input: FieldValues
      readonly key: string
    }
  | {
      readonly kind: 'action-ended'
      readonly node: string
      readonly action: string
      readonly outcome: string
      readonly output: FieldValues
      readonly detail: string | null
    }
  /** Goes on under another version: what it holds by then, whole. Prices are worked out anew. */
  | ({
      readonly kind: 'migrated'
      /** Numbers of the pack's versions. */
      readonly from: number
      readonly to: number
      /** Nodes it ever was at and regions it is in that are called otherwise now, old to new. */
      readonly places: Readonly<Record<string, string>>
    } & Pick<TicketState, 'fields' | 'tokens' | 'regions' | 'visits' | 'counts' | 'timers'>)
  | { readonly kind: 'closed'; readonly outcome: string; readonly result: 'ok' | 'fail' }
