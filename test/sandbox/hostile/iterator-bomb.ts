// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let steps: any = [1].values()
  for (let i = 0; ; i++) steps = steps.map((x: any) => x)
})
