// expect: INERT
import { action } from '#pack'
export default action('x', () => undefined)
