// expect: REFUSE deadline
import { action } from '#pack'
Object.defineProperty(Error, Symbol.hasInstance, {
  value: () => {
    for (;;);
  },
})
export default action('x', () => {
  if (({}) instanceof Error) return {}
  return {}
})
