// expect: INERT {"now":7,"leaked":0}
import { action } from '#pack'
let leaked = 0
for (let i = 0; i < 5; i++)
  Object.defineProperty(Array.prototype, i, {
    set() {
      leaked++
    },
    configurable: true,
  })
for (const name of ['copy', 'promise', 'timeout', 'reference', 'externalCopy'])
  Object.defineProperty(Object.prototype, name, {
    get() {
      leaked++
      return true
    },
    configurable: true,
  })
export default action('x', async (_, { time }: any) => ({ now: await time.now(), leaked }))
