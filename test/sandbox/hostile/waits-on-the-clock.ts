// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => {
  const until = Date.now() + 60_000
  while (Date.now() < until);
  return {}
})
