export * from './price.ts'
export * from './total.ts'
