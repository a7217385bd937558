// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  const down = (): number => down() + 1
  return { depth: down() }
})
