// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', async (_, { time }) => {
  await time.now()
  for (;;);
})
