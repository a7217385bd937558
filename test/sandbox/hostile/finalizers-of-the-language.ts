// expect: INERT ["undefined","undefined"]
import { action } from '#pack'
export default action('x', () => [typeof (globalThis as any).FinalizationRegistry, typeof (globalThis as any).WeakRef])
