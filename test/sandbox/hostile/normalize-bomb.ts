// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => '\ufdfa'.repeat(1 << 22).normalize('NFKD').length)
