// expect: REFUSE deadline | thrown
import { action } from '#pack'
export default action('x', () => ({ fits: /(?<=^(\w+\s?)*)$!/.test('a'.repeat(60)) || /(x+x+)+y/.test('x'.repeat(50)) }))
