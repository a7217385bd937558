// expect: REFUSE thrown
import { action } from '#pack'
try {
  ;(Error as unknown as { prepareStackTrace: unknown }).prepareStackTrace = () => {
    for (;;);
  }
} catch {}
export default action('x', () => {
  throw new Error(String(new Error('y').stack).slice(0, 5))
})
