// What the parent and a runner say to each other, and the limits both keep.

export const HEAP_MB = 32
/** CPU time of a run inside the isolate. */
export const CPU_MS = 1_000
/** Calls of capabilities in a run. */
export const MAX_CALLS = 64
export const MAX_RESULT_BYTES = 256 * 1024
export const MAX_LOG_BYTES = 64 * 1024
export const MAX_MESSAGE_CHARS = 2_000

export interface RunRequest {
  /** JavaScript: types are stripped already. */
  readonly source: string
  /** JSON. */
  readonly input: string
  readonly key: string
  /** The capabilities granted, by the name of their calls. */
  readonly calls: readonly string[]
}

export type ToRunner =
  | { readonly kind: 'run'; readonly run: RunRequest }
  | { readonly kind: 'answer'; readonly call: number; readonly answer: string }

export type FromRunner =
  | { readonly kind: 'ready' }
  | { readonly kind: 'call'; readonly call: number; readonly name: string; readonly args: string }
  /** `{ ok: true, value }` or `{ ok: false, message }` as JSON, made inside the isolate. */
  | { readonly kind: 'done'; readonly result: string }
  | { readonly kind: 'fault'; readonly code: string; readonly detail: string }
