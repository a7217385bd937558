// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  for (let i = 0; i < 1000; i++) void Promise.reject(new Error('nobody'))
  return { done: true }
})
