// expect: REFUSE result
import { action } from '#pack'
export default action('x', () => Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => ['key' + i, i])))
