// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', async () => {
  for (let i = 0; i < 1e9; i++) void (async () => await new Promise(() => {}))()
  return {}
})
