// expect: INERT {"__proto__":{"polluted":true}}
import { action } from '#pack'
export default action('x', () => JSON.parse('{"__proto__":{"polluted":true}}'))
