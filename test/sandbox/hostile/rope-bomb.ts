// expect: REFUSE memory | thrown | deadline
import { action } from '#pack'
export default action('x', () => {
  let rope = 'x'
  for (let i = 0; i < 28; i++) rope += rope
  return { text: rope.at(-1), flat: [...rope].length }
})
