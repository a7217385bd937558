// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let big = 3n
  for (;;) big *= big
})
