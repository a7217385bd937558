export { checkExpression, type CheckedExpression } from './expression.ts'
export { checkPack, type Checked, type PlacedCase, type PlacedScenario } from './check.ts'
export { packNameOf, packsUsedIn } from './used-packs.ts'
export type { Expectation, GivenRecord, Scenario, ScenarioStep } from './scenario.ts'
