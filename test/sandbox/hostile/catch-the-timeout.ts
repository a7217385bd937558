// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => {
  for (;;)
    try {
      for (;;);
    } catch {
    } finally {
      continue
    }
})
