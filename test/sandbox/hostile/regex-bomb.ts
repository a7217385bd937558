// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: RegExp[] = []
  for (let i = 0; ; i++) {
    const made = new RegExp('(?:a|b){1,1000}'.repeat(20) + i)
    made.test('ab')
    kept.push(made)
  }
})
