// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let list = [1]
  for (;;) list = [...list, ...list]
})
