export { manualOf } from './manual.ts'
export { readNode, readParallel } from './flow.ts'
export { readRows } from './table.ts'
