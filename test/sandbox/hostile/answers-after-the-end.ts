// expect: INERT {"done":true}
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  void time.now().then(function again(): unknown {
    return time.now().then(again)
  })
  return { done: true }
})
