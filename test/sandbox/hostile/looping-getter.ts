// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => {
  throw {
    get message(): string {
      for (;;);
    },
  }
})
