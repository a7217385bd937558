export { examine, type CaseResult } from './examine.ts'
