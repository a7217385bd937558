export { lineOf, type Line } from './line.ts'
export { predecessor, successor } from './step.ts'
export * from './lookup.ts'
export * from './analysis.ts'
export { applyRounding, compiledOf, evaluate } from './evaluate.ts'
export * from './traced.ts'
export { finderOf, type RowFinder } from './finder.ts'
export {
  answerColumns,
  answerType,
  hitPolicies,
  isOrderedEnum,
  orderedByOutput,
  singleHit,
} from './policy.ts'
