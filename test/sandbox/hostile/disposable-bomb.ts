// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const stack = new (globalThis as any).DisposableStack()
  for (;;) stack.defer(() => {})
})
