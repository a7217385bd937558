// expect: INERT {"process":"undefined","same":true}
import { action } from '#pack'
export default action('x', () => {
  const look = Function('return this')
  return { process: typeof look().process, same: look() === globalThis }
})
