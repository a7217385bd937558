import Type, { type Static } from 'typebox'
import type { JsonValue } from '#core/values'
import type { FieldProblemReply } from './replies.ts'

// What other systems send, what could not be read of it, and the secrets that prove them.

const closed = { additionalProperties: false } as const

/** What another system sends, as Standard Webhooks has it; without a time it counts as sent just now. */
export const SourceBody = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 200 }),
  timestamp: Type.Optional(Type.String({ maxLength: 40 })),
  data: Type.Record(Type.String({ maxLength: 200 }), Type.Unknown()),
})
export type SourceBody = Static<typeof SourceBody>

/** A message that could not be read, mended; without a body it is tried as it came. */
export const MendMessage = Type.Object({ body: Type.Optional(SourceBody) }, closed)
export type MendMessage = Static<typeof MendMessage>

/** A secret’s value, or none for one that is made up. */
export const PutSecret = Type.Object(
  {
    value: Type.Optional(
      Type.String({ minLength: 8, maxLength: 500, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }),
    ),
  },
  closed,
)
export type PutSecret = Static<typeof PutSecret>

/** A secret that a pack asks for; its value is never told. */
export interface SecretReply {
  readonly name: string
  readonly isSet: boolean
  /** How the value lies in the database; `unreadable`: sealed with another master key. */
  readonly kept: 'sealed' | 'plain' | 'unreadable' | null
  /** How a value would be kept that is set now. */
  readonly willBe: 'sealed' | 'plain'
  /** The actions and the sources that need it, by name. */
  readonly actions: readonly string[]
  readonly sources: readonly string[]
}

/** A source of a pack on a desk; `address` is a path of this service, `secret` a name. */
export interface InboundReply {
  readonly name: string
  readonly label: string
  readonly secret: string
  readonly isSecretSet: boolean
  readonly address: string
  /** What it may send; `data` is an example that can be read. */
  readonly events: readonly {
    readonly says: string
    readonly event: string
    readonly data: Readonly<Record<string, JsonValue>>
  }[]
  /** How many came within the last thirty days, by what became of them; what waits to be mended is kept for good. */
  readonly done: number
  readonly ignored: number
  readonly dead: number
  readonly lastAt: number | null
}

/** A message that could not be read: what came, why, and how often it was tried. */
export interface DeadMessageReply {
  readonly id: string
  readonly type: string | null
  readonly receivedAt: number
  readonly body: string
  readonly problem: {
    readonly code: 'json' | 'shape' | 'future' | 'fields'
    readonly detail: string | null
    readonly fields: readonly FieldProblemReply[]
  }
  readonly attempts: number
}
