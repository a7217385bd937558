export { format } from './format.ts'
export { displayWidth } from './width.ts'
