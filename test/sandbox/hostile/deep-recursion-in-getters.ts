// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  const trap: any = new Proxy({}, { get: (_target, _name, self) => self.x })
  return trap.x
})
