// expect: INERT {"process":"undefined","require":"undefined","call":"undefined"}
import { action } from '#pack'
export default action('x', async (_, tools) => {
  const reach = (tools.log.info as unknown as { constructor: (text: string) => () => unknown }).constructor
  const see = (name: string) => String(reach(`return typeof ${name}`)())
  return { process: see('process'), require: see('require'), call: see('__call') }
})
