// expect: INERT ["undefined","undefined","undefined","undefined","undefined"]
import { action } from '#pack'
export default action('x', () => [
  typeof (globalThis as any).Intl,
  typeof ('' as any).normalize,
  typeof ('' as any).localeCompare,
  typeof (1 as any).constructor.prototype.toLocaleString.constructor.x,
  typeof (new Date() as any).toLocaleDateString,
])
