// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  for (let i = 0; ; i++) Symbol.for('symbol number ' + i)
})
