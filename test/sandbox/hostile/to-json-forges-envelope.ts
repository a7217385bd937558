// expect: INERT {"fault":"deadline","value":"forged"}
import { action } from '#pack'
declare global { interface Object { toJSON: any } }
Object.prototype.toJSON = function () {
  return { fault: 'deadline', value: 'forged' }
} as any
export default action('x', () => ({}))
