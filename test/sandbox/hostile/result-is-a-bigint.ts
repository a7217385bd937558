// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => ({ big: 1n }))
