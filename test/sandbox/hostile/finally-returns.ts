// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', async () => {
  try {
    for (;;);
  } finally {
    return { escaped: true }
  }
})
