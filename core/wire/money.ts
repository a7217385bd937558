// What pages read about money. Amounts are decimal text in the currency named; instants are epoch ms.

/** A price of a ticket as it was last worked out. */
export interface PriceReply {
  readonly price: string
  readonly label: string
  /** An estimate while the ticket is open. */
  readonly stage: 'estimate' | 'final'
  readonly currency: string
  readonly total: string
  readonly lines: readonly {
    readonly line: string
    readonly label: string
    /** Which row of the list it is for, from 0; null for a line of its own. */
    readonly row: number | null
    readonly amount: string
    /** How it came about, step by step; empty for customers. */
    readonly steps: readonly {
      readonly kind: 'base' | 'times' | 'plus' | 'cap' | 'round'
      /** As it is written; of a rounding, its mode and step. */
      readonly text: string
      readonly applied: boolean
      readonly amount: string
    }[]
  }[]
}

/** The ledger's own side: what the customers owe against all parties. */
export const RECEIVABLE = 'receivable'

/** What a party is owed in all; a negative amount is owed by it. */
export interface BalanceReply {
  readonly party: string
  readonly currency: string
  readonly amount: string
}

/** What a party is owed for a month (`2026-03`). */
export interface StatementReply {
  readonly party: string
  readonly period: string
  readonly currency: string
  readonly total: string
  readonly lines: readonly StatementLineReply[]
  /** SHA-256 (hex) over party, period, currency, total and lines. */
  readonly hash: string
  /** Null while the month still runs and the statement may grow. */
  readonly madeAt: number | null
}

export interface StatementLineReply {
  readonly at: number
  readonly ticket: string | null
  readonly number: number | null
  readonly settlement: string
  readonly amount: string
  readonly why: string
}
