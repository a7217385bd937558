// expect: REFUSE result
import { action } from '#pack'
export default action('x', () => ({ text: 'x'.repeat(400_000) }))
