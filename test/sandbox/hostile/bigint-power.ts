// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => ({ digits: (2n ** 1_000_000_000n).toString().length }))
