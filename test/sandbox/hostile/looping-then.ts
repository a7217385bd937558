// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => ({
  then() {
    for (;;);
  },
}))
