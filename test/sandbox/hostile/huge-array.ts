// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => new Array(1e9).fill(7).length)
