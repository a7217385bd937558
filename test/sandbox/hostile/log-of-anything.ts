// expect: INERT {"done":true}
import { action } from '#pack'
export default action('x', async (_, { log, time }: any) => {
  const ring: any = {}
  ring.ring = ring
  for (const what of [ring, 1n, Symbol('x'), () => 1, undefined, new Proxy({}, { ownKeys: () => { throw 1 } })])
    log.info(what, what)
  await time.now()
  return { done: true }
})
