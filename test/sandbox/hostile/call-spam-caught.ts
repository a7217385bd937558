// expect: REFUSE deadline | memory
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  for (;;) await time.now().catch(() => {})
})
