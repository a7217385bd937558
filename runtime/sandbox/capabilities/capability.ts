import type { Static, TSchema } from 'typebox'
import type { KvPort } from './kv.ts'
import type { LogLine } from './log.ts'
import type { NetReply, NetRequest } from './net.ts'

/** What an action may ask of the outside for one ticket; what is absent was not granted. Answers are JSON values. */
export interface Capabilities {
  readonly net?: (request: NetRequest) => Promise<NetReply>
  /** Names alone: values never enter the sandbox, `net` puts them in. */
  readonly secrets?: readonly string[]
  readonly read?: (path: string) => Promise<unknown>
  readonly write?: (path: string, value: unknown) => Promise<void>
  readonly send?: (text: string) => Promise<void>
  readonly kv?: KvPort
  readonly log?: (line: LogLine) => void
  readonly time: () => number
  readonly random: () => string
}

/** One kind of call: what it takes, checked at the edge, and who answers it; `undefined` says that it was not granted. */
export interface Capability {
  readonly args: TSchema
  readonly answer: (granted: Capabilities, args: never) => undefined | { readonly value: unknown }
}

/** Ties the arguments of an answer to their schema. */
export function capability<Args extends TSchema>(
  args: Args,
  answer: (granted: Capabilities, args: Static<Args>) => undefined | { readonly value: unknown },
): Capability {
  return { args, answer: answer as Capability['answer'] }
}

/** A call was refused for a reason that may be told to the action. */
export class Refused extends Error {}
