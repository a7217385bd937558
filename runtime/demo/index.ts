export { demoOf } from './demo.ts'
export { masterKeyOf } from './keys.ts'
