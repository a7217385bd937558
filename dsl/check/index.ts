export { checkPack, type Checked, type PlacedCase } from './check.ts'
