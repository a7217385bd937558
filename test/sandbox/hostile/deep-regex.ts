// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => ({ made: String(new RegExp('('.repeat(200_000) + ')'.repeat(200_000))).length }))
