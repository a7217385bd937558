// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', async () => {
  const all: Promise<void>[] = []
  for (;;) all.push(new Promise(() => {}))
})
