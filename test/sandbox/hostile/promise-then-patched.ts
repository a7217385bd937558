// expect: INERT {"now":7,"leaked":0}
import { action } from '#pack'
const then = Promise.prototype.then
let leaked = 0
;(Promise.prototype as any).then = function (...args: any[]) {
  for (const arg of args) if (typeof arg === 'function' && arg.constructor !== Function) leaked++
  return then.apply(this, args as any)
}
export default action('x', async (_, { time }: any) => ({ now: await time.now(), leaked }))
