export * from './price.ts'
export * from './total.ts'
export * from './otherwise.ts'
export * from './otherwise-words.ts'
