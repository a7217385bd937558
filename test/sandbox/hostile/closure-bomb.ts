// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let last = () => 0
  for (;;) {
    const before = last
    last = () => before() + 1
  }
})
