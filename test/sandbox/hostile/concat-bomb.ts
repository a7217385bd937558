// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let list: number[] = [1]
  for (;;) list = list.concat(list, list)
})
