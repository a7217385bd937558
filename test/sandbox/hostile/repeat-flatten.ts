// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: unknown[] = []
  for (;;) kept.push('\u4e2d'.repeat(2 ** 26).split(''))
})
