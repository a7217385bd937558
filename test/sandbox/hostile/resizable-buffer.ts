// expect: INERT {"resizable":false,"max":8}
import { action } from '#pack'
export default action('x', () => {
  const made: any = new (ArrayBuffer as any)(8, { maxByteLength: 2 ** 33 })
  return { resizable: made.resizable, max: made.maxByteLength }
})
