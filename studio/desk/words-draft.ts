import { newKey } from '../data/request-key.ts'

/** Whom words are for: the ticket's customer, or the colleagues alone. */
export type Reader = 'customer' | 'staff'

/** What was written on a ticket and not sent yet, for each reader; `key` tells a repeat of it from something new. */
export interface WordsDraft {
  readonly to: Reader | undefined
  readonly customer: string
  readonly staff: string
  readonly key: string
}

const keyOf = (ticket: string) => `axle-words-${ticket}`

export const emptyWords = (): WordsDraft => ({ to: undefined, customer: '', staff: '', key: newKey() })

/** Keeps what was written for as long as the tab is there. */
export function keepWords(ticket: string, draft: WordsDraft): void {
  if (draft.customer === '' && draft.staff === '') sessionStorage.removeItem(keyOf(ticket))
  else sessionStorage.setItem(keyOf(ticket), JSON.stringify(draft))
}

export function keptWords(ticket: string): WordsDraft {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(ticket)) ?? '{}') as Partial<WordsDraft>
  return { ...emptyWords(), ...kept }
}
