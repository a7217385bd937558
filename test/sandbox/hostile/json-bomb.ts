// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let shared: any = 'x'.repeat(1000)
  for (let i = 0; i < 40; i++) shared = [shared, shared]
  return shared
})
