export { ASSUMED_ROWS, costOf } from './cost.ts'
export { MAX_TEXT } from './texts.ts'
export * from './compile.ts'
export * from './builtins.ts'
