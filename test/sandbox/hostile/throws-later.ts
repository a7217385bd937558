// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', async () => {
  void Promise.resolve().then(() => {
    throw new Error('nobody')
  })
  return { done: true }
})
