// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', () => {
  const climb = Function('return (function f() { return f.caller })()')
  let at = climb()
  const seen: string[] = []
  while (at) {
    seen.push(String(at))
    at = at.caller
  }
  if (seen.some(text => /capabilit|parse\(/.test(text))) return { seen }
  throw new Error('nothing')
})
