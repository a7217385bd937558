// expect: INERT {"proto":"null","tools":"undefined","log":"undefined"}
import { action } from '#pack'
export default action('x', (_, tools: any) => ({
  proto: String(Object.getPrototypeOf(tools)),
  tools: typeof tools.constructor,
  log: typeof tools.log.constructor,
}))
