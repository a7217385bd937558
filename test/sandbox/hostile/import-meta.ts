// expect: INERT {"keys":[],"url":"undefined"}
import { action } from '#pack'
export default action('x', () => ({ keys: Object.keys(import.meta), url: typeof import.meta.url }))
