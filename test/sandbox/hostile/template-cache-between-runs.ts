// expect: INERT {"seen":"undefined"}
import { action } from '#pack'
export default action('x', () => {
  const strings = ((parts: TemplateStringsArray) => parts)`x`
  const seen = typeof (strings as any).constructor.prototype.left
  ;(Array.prototype as any).left = 'here'
  ;(Symbol.for('left') as any).constructor.prototype.left = 'here'
  return { seen }
})
