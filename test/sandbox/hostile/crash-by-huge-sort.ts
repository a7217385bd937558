// expect: REFUSE memory | thrown | deadline | killed
import { action } from '#pack'
export default action('x', () => {
  const list = Array.from({ length: 3e6 }, (_, i) => 'k' + (i * 7919) % 1e6)
  return { first: list.sort((a, b) => (a < b ? -1 : 1)).toSorted()[0] }
})
