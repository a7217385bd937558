// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: string[] = []
  for (let i = 0; ; i++) kept.push(new Date(i).toString())
})
