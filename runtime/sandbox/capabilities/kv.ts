import { Type } from 'typebox'
import { capability, Refused } from './capability.ts'
import { isKeepable } from './text.ts'

/** Values an action keeps between runs, for its desk and its pack alone. */
export interface KvPort {
  readonly get: (name: string) => Promise<unknown>
  /** Rejects with Refused when the pack's share is full. */
  readonly set: (name: string, value: unknown) => Promise<void>
  readonly delete: (name: string) => Promise<void>
}

export const MAX_KV_NAME_CHARS = 200
export const MAX_KV_VALUE_CHARS = 16 * 1024
/** Names of one pack on one desk. */
export const MAX_KV_NAMES = 1_000

/** `kv.get(name)`, `kv.set(name, value)`, `kv.delete(name)`. */
export const kv = capability(
  Type.Object({
    verb: Type.Union([Type.Literal('get'), Type.Literal('set'), Type.Literal('delete')]),
    name: Type.String({ minLength: 1, maxLength: MAX_KV_NAME_CHARS }),
    value: Type.Optional(Type.Unknown()),
  }),
  ({ kv }, { verb, name, value = null }) => {
    if (!kv) return undefined
    if (verb === 'get') return { value: kv.get(name) }
    if (verb === 'delete') return { value: kv.delete(name).then(() => null) }
    const text = JSON.stringify(value)
    if (text.length > MAX_KV_VALUE_CHARS || !isKeepable(text)) throw new Refused('the value cannot be kept')
    return { value: kv.set(name, value).then(() => null) }
  },
)
