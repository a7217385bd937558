import type { SaidReply } from './administration.ts'

/** A message to a customer with what became of it and why. */
export interface SendReply {
  readonly id: string
  readonly at: number
  readonly customer: { readonly id: string; readonly name: string }
  readonly text: string | null
  readonly purpose: string | null
  readonly channel: string | null
  readonly sop: string | null
  readonly ticket: string | null
  readonly number: number | null
  /** queued, cleared, sending, sent, waiting (for a member), deferred, dropped, held or failed. */
  readonly state: string
  readonly reason: string | null
  /** When a deferred message is judged again. */
  readonly due: number | null
  /** The gate's reasons in words. */
  readonly why: { readonly zh: readonly string[]; readonly en: readonly string[] }
}

/** An SOP of a pack that runs, with how its customers fare; `paused` while it lets nobody on. */
export interface SopReply {
  readonly sop: string
  readonly label: string
  readonly pack: string
  /** Whether its messages go out: the pack is live and the act is switched on. */
  readonly sends: boolean
  readonly running: number
  readonly reached: number
  readonly ended: number
  readonly paused: { readonly at: number; readonly why: SaidReply } | null
}

/** Something an SOP asks somebody of the staff to do, by when; `state` is open or overdue. */
export interface TodoReply {
  readonly id: string
  readonly text: string
  readonly role: string
  readonly assignee: string | null
  readonly customer: string
  readonly customerName: string
  readonly sop: string
  readonly due: number
  readonly state: string
}
