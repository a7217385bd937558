// expect: REFUSE result
import { action } from '#pack'
export default action('x', () => ({ text: '\u4e2d'.repeat(200_000) }))
