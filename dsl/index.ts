export { checkPack, type Checked } from './check/check.ts'
export { examine, type CaseResult } from './examine/examine.ts'
