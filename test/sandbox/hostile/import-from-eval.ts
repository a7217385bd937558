// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => (0, eval)("import('node:fs')"))
