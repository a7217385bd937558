import { Type } from 'typebox'
import { capability } from './capability.ts'

export const MAX_SEND_CHARS = 4_000

/** `send('…')`: words to the ticket's customer, through the send gate like every message, once the run has an outcome. */
export const send = capability(
  Type.Object({ text: Type.String({ minLength: 1, maxLength: MAX_SEND_CHARS }) }),
  ({ send }, { text }) => send && { value: send(text).then(() => null) },
)
