export * from './lookup.ts'
export * from './analysis.ts'
