// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', async (_, { time }) => {
  for (let i = 0; i < 1000; i++) await time.now()
  return {}
})
