// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  for (let i = 0; ; i++) Object.defineProperty(globalThis, 'g' + i, { get: () => i, configurable: false })
})
