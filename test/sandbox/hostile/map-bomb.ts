// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const map = new Map()
  for (let i = 0; ; i++) map.set(i, { i })
})
