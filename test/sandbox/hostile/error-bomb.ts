// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let cause: unknown
  for (;;) cause = new Error('x'.repeat(1000), { cause })
})
