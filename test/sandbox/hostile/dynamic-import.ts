// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', async () => ({ file: await import('node:fs') }))
