export * from './requests.ts'
export * from './replies.ts'
