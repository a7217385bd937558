// expect: REFUSE thrown
import { action } from '#pack'
Object.defineProperty(Error, 'prepareStackTrace', { value: () => { for (;;); } })
export default action('x', () => ({}))
