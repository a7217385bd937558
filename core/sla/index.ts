export * from './span.ts'
export * from './otherwise.ts'
export * from './otherwise-words.ts'
