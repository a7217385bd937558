// expect: REFUSE result | thrown | memory
import { action } from '#pack'
export default action('x', () => JSON.parse('{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)))
