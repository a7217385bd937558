export { MAX_TEXT } from './texts.ts'
export * from './compile.ts'
export * from './builtins.ts'
