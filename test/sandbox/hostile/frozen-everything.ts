// expect: INERT {"now":7}
import { action } from '#pack'
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const held = (globalThis as any)[name]
  if (typeof held === 'function' || typeof held === 'object') {
    Object.freeze(held)
    if (held?.prototype) Object.freeze(held.prototype)
  }
}
export default action('x', async (_, { time }: any) => ({ now: await time.now() }))
