export { fixesAt, fixesOf, type Fix } from './fixes.ts'
