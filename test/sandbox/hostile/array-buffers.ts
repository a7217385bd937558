// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: ArrayBuffer[] = []
  for (;;) kept.push(new ArrayBuffer(2 ** 24))
})
