// expect: REFUSE deadline
import { action } from '#pack'
export default action('x', () => {
  const again = (): void => {
    try {
      again()
    } catch {
      again()
    }
  }
  again()
  return {}
})
