// expect: INERT {"refused":"a call has no option method; it has: bearer"}
import { action } from '#pack'
export default action('x', async (_, tools: any) => {
  ;(Object.prototype as any).method = 'CONNECT'
  const own = tools.net.get
  try {
    await tools.net.post('https://a.example/', {}, { method: 'TRACE', bearer: 5 })
  } catch (error: any) {
    return { refused: error.message }
  }
  return { own: typeof own }
})
