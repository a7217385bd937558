// expect: INERT {"kept":1}
import { action } from '#pack'
export default action('x', async (input: any, { log }: any) => {
  input.__proto__.polluted = true
  Object.prototype.constructor.prototype.polluted = true
  log.info('x', JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'))
  return { kept: 1 }
})
