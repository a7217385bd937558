// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => ({ length: new Array(2 ** 28).join('xx').length }))
