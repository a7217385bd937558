// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  const kept: string[] = []
  for (let i = 0; ; i++) kept.push('x'.padEnd(2 ** 24, String(i)).replaceAll('x', 'yy'))
})
