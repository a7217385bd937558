import type { FieldReply } from '#core/wire'
import { readPercent } from './percent.ts'

export type FieldValue = FieldReply['value']

/** The kind of input a type is typed in. */
export const inputTypes: Readonly<Record<string, string>> = { date: 'date', time: 'time' }
export const numeric: ReadonlySet<string> = new Set(['int', 'decimal', 'money', 'percent'])
export const lists: ReadonlySet<string> = new Set(['photo', 'list', 'set'])

/** What was typed as the API wants it; what cannot be read goes as it is, so that the API says why. */
export function readValue(type: string, text: string): FieldValue {
  const bare = text.trim()
  if (bare === '') return null
  if (lists.has(type)) return bare.split(/[,，、]\s*/).filter(part => part !== '')
  if (type === 'bool') return bare === 'true' || bare === 'false' ? bare === 'true' : bare
  if (type === 'int') return /^-?\d+$/.test(bare) ? Number(bare) : bare
  if (type === 'percent') return readPercent(bare)
  if (numeric.has(type)) return bare.replace(/^[¥￥]/, '').replaceAll(',', '')
  return type === 'text' ? text : bare
}
