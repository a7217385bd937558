export { openStore, DEADLINE_MS, type Store, type StoreOptions } from './open.ts'
export type { JobOptions, Tx } from './transaction.ts'
export { DataInUseError, DeadlineError, NestedTransactionError, UnsafeStoreError } from './errors.ts'
export * from './entities/index.ts'

/** A value as a parameter for a jsonb column. */
export const json = (value: unknown): string => JSON.stringify(value ?? null)
