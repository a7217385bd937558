// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => Promise.reject())
