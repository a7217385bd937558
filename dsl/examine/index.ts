export { coverageOf, type Coverage } from './coverage.ts'
export { tellHistory } from './tell.ts'
export { examine, type CaseResult } from './examine.ts'
export { playScenario, type ScenarioFailure, type ScenarioResult } from './scenario.ts'
