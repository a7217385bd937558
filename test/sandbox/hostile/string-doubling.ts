// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: string[] = []
  for (let text = 'x'.repeat(1024); ; text += text) kept.push(text.slice(1) + text)
})
