// expect: REFUSE result
import { action } from '#pack'
export default action('x', () => ({ text: 'a\u0000b' }))
