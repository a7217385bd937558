// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => {
  const error = new Error('x')
  Object.defineProperty(error, 'stack', {
    get() {
      for (;;);
    },
  })
  throw error
})
