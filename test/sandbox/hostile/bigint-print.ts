// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const big = 7n ** 1_000_000n
  let all = 0
  for (;;) all += big.toString().length
})
