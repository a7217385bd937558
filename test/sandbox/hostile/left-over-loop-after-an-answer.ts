// expect: INERT {"done":true}
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  void time.now().then(() => {
    for (;;);
  })
  return { done: true }
})
