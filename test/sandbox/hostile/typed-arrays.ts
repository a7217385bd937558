// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: Float64Array[] = []
  for (;;) kept.push(new Float64Array(2 ** 20).fill(1))
})
