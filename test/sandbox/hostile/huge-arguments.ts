// expect: INERT {"refused":"too-big"}
import { action } from '#pack'
export default action('x', async (_, tools: any) => {
  try {
    await tools.net.post('https://a.example/', 'x'.repeat(10_000_000))
  } catch (error: any) {
    return { refused: error.message }
  }
  return {}
})
