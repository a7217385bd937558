// expect: REFUSE deadline | thrown
import { action } from '#pack'
const error = new Error('x')
for (const name of ['stack', 'name', 'message', 'constructor'])
  Object.defineProperty(error, name, {
    get() {
      for (;;);
    },
  })
export default action('x', async () => {
  void Promise.reject(error)
  return { done: true }
})
