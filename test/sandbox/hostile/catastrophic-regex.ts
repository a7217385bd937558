// expect: REFUSE deadline | thrown
import { action } from '#pack'
export default action('x', () => ({ fits: /^(a+)+$/.test('a'.repeat(40) + '!') }))
