// expect: INERT {"require":"undefined","module":"undefined","process":"undefined","binding":"undefined"}
import { action } from '#pack'
export default action('x', () => ({
  require: typeof (globalThis as any).require,
  module: typeof (globalThis as any).module,
  process: typeof (globalThis as any).process,
  binding: typeof (globalThis as any).internalBinding,
}))
