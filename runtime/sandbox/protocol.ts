// What the parent and a runner say to each other, and the limits both keep.

export const HEAP_MB = 32
/** CPU time of a run inside the isolate. */
export const CPU_MS = 1_000
/** Calls of capabilities for each ticket of a run. */
export const MAX_CALLS = 64
/** Tickets of one run. */
export const MAX_BATCH = 100
export const MAX_SOURCE_CHARS = 1024 * 1024
/** What goes in, what comes out, and what goes with one call, for one ticket; UTF-8. */
export const MAX_RESULT_BYTES = 256 * 1024
/** What comes out of one run over many tickets. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024
export const MAX_LOG_BYTES = 64 * 1024
export const MAX_MESSAGE_CHARS = 2_000
export const MAX_STACK_CHARS = 4_000
/** How deep lists and objects may lie in each other, on the way in and out. */
export const MAX_DEPTH = 64

/** What the tools of one run hold besides `key`, `log`, `time` and `random`; what is not named does not exist. */
export interface Grants {
  readonly net: boolean
  readonly secrets: readonly string[]
  readonly read: boolean
  readonly write: boolean
  readonly send: boolean
  readonly kv: boolean
}

export interface RunRequest {
  /** Whose isolate: one is never shared by tenants. */
  readonly tenant: string
  /** TypeScript or JavaScript. */
  readonly source: string
  readonly grants: Grants
  /** One per ticket; inputs are JSON. */
  readonly items: readonly { readonly input: string; readonly key: string }[]
}

export type ToRunner =
  | { readonly kind: 'run'; readonly run: RunRequest }
  | { readonly kind: 'answer'; readonly call: number; readonly answer: string }

export type FromRunner =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'call'
      readonly call: number
      /** Which ticket of the run asks. */
      readonly item: number
      readonly name: string
      readonly args: string
    }
  /** A list with an entry per ticket as JSON, made inside the isolate. */
  | { readonly kind: 'done'; readonly result: string }
  | { readonly kind: 'fault'; readonly code: string; readonly detail: string }
