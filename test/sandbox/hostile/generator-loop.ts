// expect: REFUSE deadline | memory
import { action } from '#pack'
export default action('x', () => {
  function* endless() {
    for (;;) yield 1
  }
  return { all: [...endless()] }
})
