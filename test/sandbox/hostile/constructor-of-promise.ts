// expect: INERT ["undefined","undefined","undefined"]
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  const promise = time.now()
  const make = promise.constructor.constructor
  return ['process', 'require', 'global'].map(name => make(`return typeof ${name}`)())
})
