// expect: REFUSE deadline | memory | thrown
import { action } from '#pack'
export default action('x', () => {
  let text = 'ab'
  for (;;) text = text.replace(/./g, each => each + text)
})
