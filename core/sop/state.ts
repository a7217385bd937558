import type { Purpose } from '#core/blueprint'

/** One customer on the way through an SOP; plain JSON, instants in epoch ms. */
export interface Enrolment {
  readonly id: string
  readonly sop: string
  readonly customer: string
  /** The record whose event began it, under its entity's name. */
  readonly subject: { readonly entity: string; readonly key: string } | null
  readonly startedAt: number
  readonly status: EnrolmentStatus
  /** Index of the step that comes next. */
  readonly next: number
  /** When it goes on; null once it ended. */
  readonly dueAt: number | null
  readonly log: readonly SopEvent[]
}

/** `watching`: all steps are done, the goal may still be reached. */
export type EnrolmentStatus = 'running' | 'watching' | 'done' | 'stopped' | 'reached'

export interface SopEvent {
  readonly at: number
  readonly happened: SopHappening
}

export type SopHappening =
  | { readonly kind: 'enrolled' }
  | { readonly kind: 'step-taken' | 'step-skipped'; readonly step: string }
  | { readonly kind: 'waiting'; readonly index: number; readonly until: number }
  /** The moment of `wait until` was over, or its date absent: the steps up to the next wait are left out. */
  | { readonly kind: 'moment-over'; readonly index: number; readonly moment: number | null }
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'watching'; readonly until: number }
  | { readonly kind: 'stopped'; readonly by: 'condition' | 'event'; readonly index: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'reached'; readonly afterMs: number }
  /** The calendar does not reach the end of a wait. */
  | { readonly kind: 'calendar-ends'; readonly date: string }

/** What an SOP asks the outside to do. */
export type SopEffect =
  | {
      readonly effect: 'send'
      readonly step: string
      readonly channels: readonly string[]
      readonly purpose: Purpose
      readonly text: string
    }
  | {
      readonly effect: 'task'
      readonly step: string
      readonly role: string
      readonly text: string
      readonly dueAt: number
      readonly escalate: readonly string[]
    }
