// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let list: any = [1]
  for (;;) list = [list, list, list].flat()
})
