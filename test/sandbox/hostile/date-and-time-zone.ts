// expect: INERT {"zone":true}
import { action } from '#pack'
export default action('x', () => ({ zone: typeof new Date().getTimezoneOffset() === 'number' }))
