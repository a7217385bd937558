// expect: INERT {"done":true}
import { action } from '#pack'
export default action('x', async (_, { log, time }: any) => {
  log.info('\u001b[2J\u001b]0;title\u0007\r\nFAKE line \u202egnp.exe\u0000 \ud800')
  log.warn('\u009b31m', { nul: '\u0000', half: '\udc00' })
  await time.now()
  return { done: true }
})
