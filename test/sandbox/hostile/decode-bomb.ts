// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: string[] = []
  for (;;) kept.push(decodeURIComponent('%E4%B8%AD'.repeat(2 ** 20)), escape('\u4e2d'.repeat(2 ** 20)))
})
