// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const bag: Record<string, number> = {}
  for (let i = 0; ; i++) bag['p' + i] = i
})
