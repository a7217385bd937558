export { checkConstant, checkExpression, type CheckedConstant, type CheckedExpression } from './expression.ts'
export {
  checkPack,
  createChecker,
  type Checked,
  type PlacedCase,
  type PlacedProperty,
  type PlacedScenario,
} from './check.ts'
export { functions, type FunctionDoc } from './functions.ts'
export { MAX_SHEET_ROWS } from './sheet-rows.ts'
export { DEFAULT_TIMEOUT_MS, MAX_RETRIES, MAX_TIMEOUT_MS } from './action.ts'
export { packNameOf, packsUsedIn } from './used-packs.ts'
export type { Expectation, GivenRecord, Scenario, ScenarioStep } from './scenario.ts'
export type { GivenStaff } from './given-staff.ts'
