// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const list = new Array(2 ** 26)
  return { groups: Object.keys(Object.groupBy(list, (_, i) => String(i))).length }
})
