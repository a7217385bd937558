// expect: INERT {"now":7,"taken":0}
import { action } from '#pack'
let taken = 0
class Mine extends Promise<unknown> {
  constructor(run: any) {
    super(run)
    taken++
  }
}
Object.defineProperty(Promise, Symbol.species, { get: () => Mine })
export default action('x', async (_, { time }: any) => {
  const now = await time.now()
  return { now, taken: 0 }
})
