// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  ;(Object.prototype as any).error = 'always'
  return { now: await time.now() }
})
