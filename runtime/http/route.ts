import type { TObject, TSchema } from 'typebox'
import type { Deps } from '../deps.ts'
import type { Once } from '../store/once.ts'
import type { Session } from '../usecases/sessions.ts'

/** What a handler is given: everything was checked at the edge. */
export interface Call<Body = unknown> {
  readonly deps: Deps
  /** The session's; public routes have none and must not ask. */
  readonly session: Session
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Body
  readonly bytes: Uint8Array
  readonly idempotency: Once | undefined
  readonly token: string | undefined
  /** The header, as sent. */
  readonly ifMatch: string | undefined
  readonly header: (name: string) => string | undefined
  /** The language the caller reads. */
  readonly language: 'zh' | 'en'
}

export interface Reply {
  readonly status: 200 | 201 | 202 | 204
  readonly body?: unknown
  /** In the place of a body: what is no JSON, its type among the headers. */
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** What the record of administrators' acts says besides the outcome. */
  readonly told?: Readonly<Record<string, string>>
}

/** One route: the same entry makes the server, the OpenAPI document and the rights matrix of the tests. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** `/api/tickets/:id` */
  readonly path: string
  readonly summary: string
  readonly access: 'public' | 'staff' | 'admin'
  /** The query of the address, every value a text; without a schema the handler reads what it knows. */
  readonly query?: TObject
  /** The JSON body; `bytes` for anything else. */
  readonly body?: TSchema | 'bytes'
  /** How many bytes of a body are taken, where it is fewer than of others. */
  readonly limit?: number
  /** A call without any body says `{}`. */
  readonly mayBeEmpty?: true
  readonly handle: (call: Call<never>) => Promise<Reply>
}

export const ok = (body?: unknown): Reply => (body === undefined ? { status: 204 } : { status: 200, body })
