import type { FieldValue } from '../parts/read-value.ts'

/** What was typed and not sent yet, by field. */
export type Draft = Readonly<Record<string, FieldValue>>

const keyOf = (ticket: string) => `axle-draft-${ticket}`

/** Keeps a draft for as long as the tab is there, so that nothing typed is lost on the way. */
export function keepDraft(ticket: string, draft: Draft): void {
  if (Object.keys(draft).length === 0) sessionStorage.removeItem(keyOf(ticket))
  else sessionStorage.setItem(keyOf(ticket), JSON.stringify(draft))
}

export function keptDraft(ticket: string): Draft {
  return JSON.parse(sessionStorage.getItem(keyOf(ticket)) ?? '{}') as Draft
}
