import type { FieldReply } from '#core/wire'
import { readPercent } from './percent.ts'

export type FieldValue = FieldReply['value']

/** The kind of input a type is typed in. */
export const inputTypes: Readonly<Record<string, string>> = { date: 'date', time: 'time' }
export const numeric: ReadonlySet<string> = new Set(['int', 'decimal', 'money', 'percent'])
export const lists: ReadonlySet<string> = new Set(['photo', 'list', 'set'])

export const isEmpty = (value: FieldValue | undefined) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What was typed as the API wants it; what cannot be read goes as it is, so that the API says why. */
export function readValue(type: string, text: string): FieldValue {
  if (text.trim() === '') return null
  // Full-width digits and signs are what Chinese keyboards write; what is text stays as it is.
  const isWords = type === 'text' || type === 'enum' || type === 'ref' || lists.has(type)
  const bare = (isWords ? text : text.normalize('NFKC')).trim()
  if (lists.has(type)) return bare.split(/[,，、]\s*/).filter(part => part !== '')
  if (type === 'bool') return bare === 'true' || bare === 'false' ? bare === 'true' : bare
  if (type === 'int') {
    const digits = withoutCommas(bare)
    return /^-?\d+$/.test(digits) ? Number(digits) : bare
  }
  if (type === 'percent') return readPercent(bare)
  if (type === 'money') return withoutCommas(bare.replace(/^(?:¥|CNY|RMB)\s*|\s*元$/gi, ''))
  if (type === 'decimal') return withoutCommas(bare)
  return type === 'text' ? text : bare
}

/** A number without the commas of its thousands; others stay, so that the API says what is wrong. */
function withoutCommas(text: string): string {
  return /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
}
