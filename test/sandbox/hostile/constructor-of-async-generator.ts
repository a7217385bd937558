// expect: REFUSE thrown
import { action } from '#pack'
export default action('x', async () => {
  const make = (async function* () {}).constructor as any
  const steps = make("yield (await import('node:child_process')).execSync('id').toString()")()
  return { out: (await steps.next()).value }
})
