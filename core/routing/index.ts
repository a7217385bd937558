export * from './assign.ts'
