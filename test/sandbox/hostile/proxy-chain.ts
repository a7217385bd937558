// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let proxy: any = {}
  for (let i = 0; i < 1e6; i++) proxy = new Proxy(proxy, {})
  return { at: proxy.x ?? 0, all: Object.keys(proxy) }
})
