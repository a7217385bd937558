// expect: INERT {"ok":1}
import { action } from '#pack'
export default action('x', () => ({
  then(done: (value: unknown) => void) {
    done({ ok: 1 })
    done({ ok: 2 })
    throw new Error('late')
  },
}))
