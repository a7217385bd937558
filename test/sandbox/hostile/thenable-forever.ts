// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => {
  const again = { then: (done: any) => done(again) }
  return again
})
