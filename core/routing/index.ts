export * from './assign.ts'
export * from './why-not.ts'
export * from './by-table.ts'
export * from './why-not-words.ts'
