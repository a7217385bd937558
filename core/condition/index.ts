export * from './formula.ts'
export * from './solve.ts'
export type { AboutTerm, TermFacts } from './terms.ts'
