// expect: INERT {"here":true,"process":"undefined"}
import { action } from '#pack'
export default action('x', async (_, { log }: any) => {
  let seen: any
  const trap = new Proxy(function () {}, {
    apply(_target, self, args) {
      seen = { self, args }
      return 'x'
    },
  })
  log.info('x', { toJSON: trap })
  const make = seen.args.constructor.constructor
  return { here: make === Function, process: make('return typeof process')() }
})
