// expect: INERT {"refused":"bad-arguments"}
import { action } from '#pack'
export default action('x', async (_, tools: any) => {
  try {
    await tools.net.get({ toString: () => 'https://a.example/' })
  } catch (error: any) {
    return { refused: error.message }
  }
  return {}
})
