// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  const { Atomics: wait, SharedArrayBuffer: Shared } = globalThis as any
  return { slept: wait.wait(new Int32Array(new Shared(4)), 0, 0, 60_000) }
})
