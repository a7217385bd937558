// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  const ring: any = {}
  ring.ring = ring
  return ring
})
