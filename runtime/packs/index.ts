export * from './archive.ts'
export * from './bundle.ts'
export * from './release.ts'
export * from './signature.ts'
