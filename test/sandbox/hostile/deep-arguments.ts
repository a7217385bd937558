// expect: INERT {"refused":"bad-arguments"}
import { action } from '#pack'
export default action('x', async (_, tools: any) => {
  let deep: any = {}
  for (let i = 0; i < 1000; i++) deep = { deep }
  try {
    await tools.net.post('https://a.example/', deep)
  } catch (error: any) {
    return { refused: error.message }
  }
  return {}
})
