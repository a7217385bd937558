import { Ajv } from 'ajv'
import { MAX_LOG_BYTES, MAX_MESSAGE_CHARS, MAX_RESULT_BYTES } from '../protocol.ts'
import { Refused, type Capabilities } from './capability.ts'
import { kv } from './kv.ts'
import { log } from './log.ts'
import { net } from './net.ts'
import { random } from './random.ts'
import { read } from './read.ts'
import { send } from './send.ts'
import { isShallow } from './text.ts'
import { time } from './time.ts'
import { write } from './write.ts'

const ajv = new Ajv({ strict: true })
const kinds = new Map(
  Object.entries({ kv, log, net, random, read, send, time, write }).map(([name, { args, answer }]) => [
    name,
    { fits: ajv.compile(args), answer },
  ]),
)

/**
 * Answers one call of an action: JSON in, JSON out. What was not granted, does not fit its schema or fails is told as
 * `{ error }`; it never rejects. Log lines beyond MAX_LOG_BYTES are dropped.
 */
export function answerWith(
  granted: (item: number) => Capabilities | undefined,
): (item: number, name: string, args: string) => Promise<string> {
  let logged = 0
  return async (item, name, args) => {
    try {
      const kind = kinds.get(name)
      const capabilities = granted(item)
      if (!kind || !capabilities) return refusal('not-granted')
      if (name === 'log' && (logged += Buffer.byteLength(args)) > MAX_LOG_BYTES) return refusal('log-full')
      if (args.length > MAX_RESULT_BYTES || !isShallow(args)) return refusal('bad-arguments')
      const asked: unknown = JSON.parse(args)
      if (!kind.fits(asked)) return refusal('bad-arguments')
      const answer = kind.answer(capabilities, asked as never)
      return answer ? JSON.stringify({ value: (await answer.value) ?? null }) : refusal('not-granted')
    } catch (error) {
      // Why only some: what broke inside is for the operator, an action may be a stranger's.
      return refusal(error instanceof Refused ? error.message : 'failed')
    }
  }
}

function refusal(error: string): string {
  return JSON.stringify({ error: error.slice(0, MAX_MESSAGE_CHARS) })
}
