// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => ({ length: Array.from({ length: 2 ** 32 - 2 }).length }))
