// expect: REFUSE result | thrown
import { action } from '#pack'
export default action('x', () => ({ toJSON: () => JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) }))
