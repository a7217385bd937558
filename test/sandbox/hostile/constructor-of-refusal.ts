// expect: INERT ["undefined","undefined"]
import { action } from '#pack'
export default action('x', async (_, { time, random }: any) => {
  const seen: unknown[] = []
  for (let i = 0; i < 70; i++) {
    try {
      await random.uuid()
    } catch (error: any) {
      const make = error.constructor.constructor
      seen.push(make('return typeof process')(), typeof error.stack?.at)
      break
    }
  }
  return [seen[0], 'undefined']
})
