// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  await time.now()
  for (;;) await null
})
