// expect: REFUSE thrown | memory | deadline
import { action } from '#pack'
export default action('x', async (_, { time }: any) => {
  const all: unknown[] = []
  for (let i = 0; i < 100_000; i++) all.push(time.now())
  return { all: (await Promise.all(all)).length }
})
