// expect: INERT {"one":1}
import { action } from '#pack'
export default action('x', () => ({ one: (0, eval)('1 <!-- x') }))
