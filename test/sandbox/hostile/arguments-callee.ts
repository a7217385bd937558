// expect: INERT {"caller":"null"}
import { action } from '#pack'
export default action('x', () => {
  const look = Function('return String(arguments.callee.caller)')
  return { caller: look() }
})
