import { Type } from 'typebox'
import { capability } from './capability.ts'

export const MAX_SEND_CHARS = 4_000

/** What became of a message: it waits for the send gate, which may put it off or drop it, or was asked for before. */
export interface SendAnswer {
  readonly state: 'queued' | 'known'
}

/** `send('…')`: words to the ticket's customer, through the send gate like every message. */
export const send = capability(
  Type.Object({ text: Type.String({ minLength: 1, maxLength: MAX_SEND_CHARS }) }),
  ({ send }, { text }) => send && { value: send(text) },
)
