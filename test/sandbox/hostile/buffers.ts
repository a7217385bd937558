// expect: INERT {"wasm":"undefined","shared":"undefined","atomics":"undefined","resize":"undefined"}
import { action } from '#pack'
const typeOf = (name: string) => typeof (globalThis as Record<string, unknown>)[name]
export default action('x', () => ({
  wasm: typeOf('WebAssembly'),
  shared: typeOf('SharedArrayBuffer'),
  atomics: typeOf('Atomics'),
  resize: typeof (ArrayBuffer.prototype as unknown as { resize: unknown }).resize,
}))
