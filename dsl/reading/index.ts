export { manualOf } from './manual.ts'
export { readNode, readParallel } from './flow.ts'
export { readRows, readWhen } from './table.ts'
export { readValue } from './code.ts'
