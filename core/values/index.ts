export * from './decimal.ts'
export * from './money.ts'
export * from './type.ts'
export * from './value.ts'
