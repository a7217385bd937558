// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let object: any = {}
  for (;;) object = Object.create(object)
})
