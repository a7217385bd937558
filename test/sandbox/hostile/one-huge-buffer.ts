// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => ({ length: new Uint8Array(2 ** 33).fill(1).length }))
