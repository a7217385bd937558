// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const parts: string[] = []
  for (let i = 0; ; i++) parts.push(`${parts.slice(-50)}`)
})
