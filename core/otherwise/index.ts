export * from './condition.ts'
export { inputsOf, wholeMinute } from './inputs.ts'
export {
  firstTurn,
  nearest,
  type Candidate,
  type Change,
  type Changed,
  type Found,
  type Input,
} from './search.ts'
export type { Asked } from './reads.ts'
export { rangesOf } from './points.ts'
export { tableOtherwise, type TableOtherwise } from './table.ts'
export { changedFacts, fieldAt, NOW, valueAt, type Path, type Place, type World } from './world.ts'
export { changesWords, changeWords, nameWords, signs, supposed, valueWords, type Words } from './words.ts'
