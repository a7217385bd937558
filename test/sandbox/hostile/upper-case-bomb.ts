// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let text = 'ß'
  for (;;) text = (text + text).toUpperCase()
})
