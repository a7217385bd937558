import { jsonFault } from './json-fault.ts'

/** What was pasted, or where it is broken: line and column counted from 1, `end` where something is missing at its end. */
export type ReadJson =
  | { readonly value: unknown }
  | { readonly at: number; readonly line: number; readonly column: number; readonly near: string | 'end' }

/**
 * Reads JSON as people paste it: with a byte order mark, between the fences of a chat, as a text that holds JSON, or as the
 * API's own request (`{"body": …}`).
 */
export function readPasted(text: string): ReadJson {
  const [lead = ''] = /^\uFEFF?\s*(?:```\w*\n)?/.exec(text) ?? []
  const body = text.slice(lead.length).replace(/\s*(?:```)?\s*$/, '')
  const fault = jsonFault(body)
  if (fault !== undefined) return placeOf(text, lead.length + fault, fault === body.length)
  return { value: unwrapped(JSON.parse(body)) }
}

/** JSON as people read it; a text that is none as it came. */
export function jsonText(text: string): string {
  return jsonFault(text) === undefined ? JSON.stringify(JSON.parse(text), null, 2) : text
}

function placeOf(text: string, at: number, isEnd: boolean): ReadJson {
  const before = text.slice(0, at).split('\n')
  return {
    ...{ at, line: before.length, column: before.at(-1)!.length + 1 },
    near: isEnd ? 'end' : text.slice(at, at + 12).split('\n')[0]!,
  }
}

function unwrapped(value: unknown): unknown {
  if (typeof value === 'string' && jsonFault(value) === undefined) return unwrapped(JSON.parse(value))
  const isRequest =
    typeof value === 'object' && value !== null && Object.keys(value).join() === 'body' && !('type' in value)
  return isRequest ? (value as { body: unknown }).body : value
}
