import type { CustomerReply } from '#core/wire'
import type { FieldValue } from '../parts/read-value.ts'

/** What was typed and not sent yet, by field. */
export type Draft = Readonly<Record<string, FieldValue>>

/** A ticket that is not opened yet, as far as it was typed. */
export interface OpeningDraft {
  readonly ticket: string
  readonly entry: string
  readonly whose: 'known' | 'new' | 'nobody'
  readonly customer: CustomerReply | null
  readonly newName: string
  readonly subject: string
  readonly fields: Draft
}

export const emptyOpening: OpeningDraft = {
  ...{ ticket: '', entry: '', whose: 'known', customer: null, newName: '', subject: '', fields: {} },
}

const keyOf = (ticket: string) => `axle-draft-${ticket}`
const NEW = keyOf('new')

/** Keeps a draft for as long as the tab is there, so that nothing typed is lost on the way. */
export function keepDraft(ticket: string, draft: Draft): void {
  if (Object.keys(draft).length === 0) sessionStorage.removeItem(keyOf(ticket))
  else sessionStorage.setItem(keyOf(ticket), JSON.stringify(draft))
}

export function keptDraft(ticket: string): Draft {
  return JSON.parse(sessionStorage.getItem(keyOf(ticket)) ?? '{}') as Draft
}

export function keepOpening(draft: OpeningDraft): void {
  sessionStorage.setItem(NEW, JSON.stringify(draft))
}

export function forgetOpening(): void {
  sessionStorage.removeItem(NEW)
}

export function keptOpening(): OpeningDraft {
  const kept = JSON.parse(sessionStorage.getItem(NEW) ?? '{}') as Partial<OpeningDraft>
  return { ...emptyOpening, ...kept }
}
