// What pages read about why something was decided. Instants are epoch ms of the desk's business time.

/** What may be asked for its explanation. */
export const explained = ['assignment', 'transition', 'price', 'clock', 'send'] as const
export type ExplainedSort = (typeof explained)[number]

/** A decision with its reasons, and the smallest changes of what it read that would have decided otherwise. */
export interface ExplanationReply {
  readonly of: ExplainedSort
  /** Its place in the ticket's history; null for what is not in it: a message, a transition that is open now. */
  readonly seq: number | null
  readonly at: number
  readonly actor: { readonly kind: 'staff' | 'customer' | 'system'; readonly id: string }
  readonly happened: { readonly kind: string }
  readonly trace?: unknown
  /** The reasons in words, of a message. */
  readonly why?: { readonly zh: readonly string[]; readonly en: readonly string[] }
  readonly otherwise: readonly OtherwiseReply[]
  /** What it read has changed since, so that nothing is said about what would have decided otherwise. */
  readonly stale: boolean
}

/** One sentence; of a price also the line, the row of its list and the step (from 0) it is about. */
export interface OtherwiseReply {
  readonly zh: string
  readonly en: string
  readonly line: string | null
  readonly row: number | null
  readonly step: number | null
}

/** A transition where the ticket stands, as it would go now. */
export interface OpenTransitionReply {
  readonly kind: 'transition-open'
  readonly node: string
  readonly event: string
  /** Whether a condition of it holds now. */
  readonly possible: boolean
}
