// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', async () => {
  void Promise.reject(new Error('x'.repeat(20_000_000)))
  return { done: true }
})
