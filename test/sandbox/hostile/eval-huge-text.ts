// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => ({ made: (0, eval)('[' + '1,'.repeat(2 ** 23) + ']').length }))
