import type { Blueprint } from '#core/blueprint'
import type { FieldProblem, FieldValues } from '#core/form'
import type { DeskFacts, Draft, Effect } from './draft.ts'
import type { Mapping } from './migration.ts'
import type { Actor, TicketEvent, TicketState } from './state.ts'

/** What somebody, or time, asks of a ticket. */
export type Command =
  | {
      readonly command: 'open'
      readonly id: string
      readonly ticket: string
      readonly entry: string
      readonly customer: string | null
      readonly subject: string | null
      readonly fields: FieldValues
      /** A ticket born from a message may lack fields until it leaves its first node. */
      readonly draft: boolean
    }
  | {
      readonly command: 'transition'
      readonly node: string
      readonly event: string
      readonly fields: FieldValues
    }
  | { readonly command: 'due'; readonly timer: string }
  | { readonly command: 'message'; readonly text: string; readonly messageId: string }
  | { readonly command: 'say'; readonly to: 'customer' | 'staff'; readonly text: string }
  | {
      readonly command: 'outcome'
      readonly node: string
      readonly visit: number
      readonly outcome: string
      readonly output: FieldValues
      readonly detail: string | null
      /** What the action filled of the ticket's form. */
      readonly fields?: FieldValues
    }
  | { readonly command: 'about'; readonly subject: string }
  | {
      readonly command: 'assign'
      readonly node: string
      readonly to: string | null
      /** Why somebody hands the place on. */
      readonly reason?: string | undefined
    }
  /** Goes on under the question's version instead of `before`. */
  | { readonly command: 'migrate'; readonly before: Blueprint; readonly mapping: Mapping }

/** Who asks, with the roles the desk gives the person now. */
export interface Asker {
  readonly actor: Actor
  readonly roles: readonly string[]
}

export interface Question {
  readonly blueprint: Blueprint
  /** The desk's newest version: its access rights apply to old tickets too. */
  readonly newest: Blueprint
  readonly state: TicketState | undefined
  readonly asker: Asker
  readonly at: number
  readonly facts: DeskFacts
  /** Leaves out of the events what only explains them: traces, and the steps of prices. */
  readonly isTerse?: boolean
}

export interface Decision {
  readonly events: readonly TicketEvent[]
  readonly effects: readonly Effect[]
  readonly state: TicketState
}

export type RefusalCode =
  | 'unknown-ticket'
  | 'entry'
  | 'fields'
  | 'field-forbidden'
  | 'closed'
  | 'not-here'
  | 'role'
  | 'unknown-transition'
  | 'no-way'
  | 'moot'
  | 'nobody-free'
  | 'not-assignable'
  | 'subject'
  | 'reply-nobody'
  | 'reply-long'

/** Why nothing happened; `problems` when fields are to blame. */
export interface Refusal {
  readonly refused: RefusalCode
  readonly params: Readonly<Record<string, string>>
  readonly problems?: readonly FieldProblem[]
}

export function refuse(
  refused: RefusalCode,
  params: Readonly<Record<string, string>> = {},
  problems?: readonly FieldProblem[],
): Refusal {
  return { refused, params, ...(problems && { problems }) }
}

export function startDraft({ blueprint, facts, at, asker, state, isTerse = false }: Question): Draft {
  return { blueprint, facts, at, actor: asker.actor, state, isTerse, events: [], effects: [] }
}

export function finish(draft: Draft): Decision {
  return { events: draft.events, effects: draft.effects, state: draft.state! }
}
