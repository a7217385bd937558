// expect: INERT {"secret":"undefined"}
import { action } from '#pack'
export default action('x', (_, tools: any) => ({ secret: typeof tools.secret }))
