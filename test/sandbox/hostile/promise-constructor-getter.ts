// expect: INERT {"now":7,"host":0}
import { action } from '#pack'
const seen: any[] = []
Object.defineProperty(Promise.prototype, 'constructor', {
  get(this: any) {
    seen.push(this)
    return Promise
  },
})
export default action('x', async (_, { time }: any) => {
  const now = await time.now()
  const host = seen.filter(each => !(each instanceof Promise)).length
  return { now, host }
})
