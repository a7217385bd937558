export * from './price.ts'
export * from './otherwise.ts'
export * from './otherwise-words.ts'
