export * from './money.ts'
export * from './replies.ts'
export * from './requests.ts'
export * from './source.ts'
