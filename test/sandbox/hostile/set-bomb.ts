// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const set = new Set()
  for (let i = 0; ; i++) set.add('k' + i)
})
