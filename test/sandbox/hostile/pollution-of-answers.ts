// expect: INERT {"now":7}
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  Object.defineProperty(Object.prototype, 'value', { get: () => 'taken', set() {}, configurable: true })
  return { now: await time.now() }
})
