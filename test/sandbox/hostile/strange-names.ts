// expect: INERT {"__proto__":1,"constructor":2,"":3}
import { action } from '#pack'
export default action('x', () => JSON.parse('{"__proto__":1,"constructor":2,"":3}'))
