// expect: INERT {"host":false}
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  const stacks = [new Error('x').stack]
  try {
    for (let i = 0; i < 100; i++) await time.now()
  } catch (error: any) {
    stacks.push(error.stack)
  }
  return { host: /file:|node:|runner|chamber|\/work|\/home|node_modules/.test(stacks.join()) }
})
