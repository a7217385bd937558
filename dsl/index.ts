export {
  checkConstant,
  checkExpression,
  type CheckedConstant,
  type CheckedExpression,
} from './check/index.ts'
export {
  checkPack,
  createChecker,
  type Checked,
  type PlacedCase,
  type PlacedProperty,
  type PlacedScenario,
} from './check/index.ts'
export { packNameOf, packsUsedIn } from './check/index.ts'
export {
  coverageOf,
  examine,
  tryProperty,
  type PropertyResult,
  tellHistory,
  whyFailed,
  type Coverage,
  playScenario,
  type CaseResult,
  type ScenarioFailure,
  type ScenarioResult,
} from './examine/index.ts'
