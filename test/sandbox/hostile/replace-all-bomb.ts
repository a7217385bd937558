// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => ({ length: 'x'.repeat(2 ** 20).replaceAll('x', 'y'.repeat(2 ** 12)).length }))
