// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  throw new Error('x'.repeat(10_000_000))
})
