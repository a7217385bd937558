export * from './assign.ts'
export * from './why-not.ts'
