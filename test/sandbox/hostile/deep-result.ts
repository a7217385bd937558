// expect: REFUSE result
import { action } from '#pack'
export default action('x', () => {
  let deep: any = {}
  for (let i = 0; i < 1000; i++) deep = [deep]
  return deep
})
