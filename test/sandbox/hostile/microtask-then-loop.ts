// expect: REFUSE deadline | memory
import { action } from '#pack'
export default action('x', () => {
  const spin = (): Promise<void> => Promise.resolve().then(spin)
  return spin()
})
