// expect: REFUSE memory | thrown | deadline | killed
import { action } from '#pack'
export default action('x', () => {
  const list: number[] = []
  list[4294967290] = 1
  for (let i = 0; i < 1e6; i++) list[i * 4000] = i
  return { first: list.sort()[0] }
})
