// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: unknown[] = []
  for (let i = 0; ; i++) kept.push(Function('return ' + '1+'.repeat(2000) + i))
})
