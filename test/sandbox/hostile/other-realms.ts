// expect: INERT ["undefined","undefined","undefined","undefined"]
import { action } from '#pack'
export default action('x', () =>
  ['ShadowRealm', 'structuredClone', 'setTimeout', 'queueMicrotask'].map(name => typeof (globalThis as any)[name]))
