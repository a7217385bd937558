// expect: INERT {"leaked":0,"now":7}
import { action } from '#pack'
const seen: unknown[] = []
const root = Object.prototype as unknown as Record<string, unknown>
root.reference = true
root.toString = function (this: unknown) {
  seen.push(this)
  return '{"value":0}'
}
export default action('x', async (_, { time }) => {
  const now = await time.now()
  return { leaked: seen.length, now }
})
