// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  throw {
    get message() {
      throw new Error('again')
    },
    get stack() {
      throw new Error('again')
    },
  }
})
