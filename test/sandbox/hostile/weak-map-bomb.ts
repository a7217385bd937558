// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const map = new WeakMap()
  const kept: object[] = []
  for (;;) {
    const key = {}
    kept.push(key)
    map.set(key, kept)
  }
})
