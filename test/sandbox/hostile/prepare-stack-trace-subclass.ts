// expect: INERT {"sites":"string"}
import { action } from '#pack'
export default action('x', () => {
  class Mine extends Error {
    static prepareStackTrace(_: unknown, sites: unknown) {
      return sites
    }
  }
  return { sites: typeof new Mine('x').stack }
})
