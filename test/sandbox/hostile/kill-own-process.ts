// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  ;(globalThis as any).process.kill(0, 'SIGKILL')
  return {}
})
