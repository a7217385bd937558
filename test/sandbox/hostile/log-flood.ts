// expect: INERT {"done":true}
import { action } from '#pack'
export default action('x', async (_, { log }: any) => {
  for (let i = 0; i < 10_000; i++) log.info('x'.repeat(2000), { i, text: 'y'.repeat(2000) })
  return { done: true }
})
