import type { Blueprint } from '#core/blueprint'
import { strangeParts } from '#core/simulate'
import { Traffic } from '#core/wire'
import { FileError, jsonOf } from './json-file.ts'

/** Traffic that lies in a pack's folder, or in its archive, is its own. */
export const TRAFFIC_FILE = 'traffic.json'

/** A value that a schema takes, read from JSON, or where and why it is not one. */
export function checkedJson<T>(
  source: { readonly file: string; readonly text: string },
  schema: object,
): { readonly value: T } | { readonly fault: string } {
  try {
    return { value: jsonOf<T>(source, schema) }
  } catch (error) {
    if (error instanceof FileError) return { fault: error.message }
    throw error
  }
}

/** The traffic a file holds, or why it is none, or none of this pack. */
export function trafficIn(
  blueprint: Blueprint,
  source: { readonly file: string; readonly text: string },
): { readonly value: Traffic } | { readonly fault: string } {
  const read = checkedJson<Traffic>(source, Traffic)
  if ('fault' in read) return read
  const strange = strangeParts(blueprint, read.value)
  return strange.length > 0 ? { fault: `${source.file}: ${strange.join(', ')} ?` } : read
}
