// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', async () => {
  for (;;) await null
})
