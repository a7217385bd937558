// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => ({ pages: new (globalThis as any).WebAssembly.Memory({ initial: 60_000 }).buffer.byteLength }))
