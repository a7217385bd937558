// expect: INERT ["8 false","8 false","4 false"]
import { action } from '#pack'
export default action('x', () => {
  const made: any[] = [
    new ((new Uint8Array(1).buffer as any).constructor)(8, { maxByteLength: 2 ** 33 }),
    Reflect.construct(ArrayBuffer, [8, { maxByteLength: 2 ** 33 }]),
    new Uint8Array(8).buffer.slice(0, 4),
  ]
  return made.map(each => `${each.byteLength} ${each.resizable}`)
})
