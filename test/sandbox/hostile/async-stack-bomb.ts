// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', async () => {
  const down = async (n: number): Promise<number> => (n > 1e7 ? 0 : 1 + (await down(n + 1)))
  return { n: await down(0) }
})
