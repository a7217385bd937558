// expect: INERT {"constructor":{"prototype":{"polluted":true}}}
import { action } from '#pack'
export default action('x', () => ({ constructor: { prototype: { polluted: true } } }))
