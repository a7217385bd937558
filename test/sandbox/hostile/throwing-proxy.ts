// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  throw new Proxy({}, {
    get() {
      throw new Proxy({}, {})
    },
    getPrototypeOf() {
      for (;;);
    },
  })
})
