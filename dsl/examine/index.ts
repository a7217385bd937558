export { examine, type CaseResult } from './examine.ts'
export { playScenario, type ScenarioFailure, type ScenarioResult } from './scenario.ts'
