// expect: INERT {"now":7,"sum":3}
import { action } from '#pack'
for (const name of ['parse', 'stringify'] as const) (JSON as any)[name] = () => 'taken'
;(Object as any).freeze = (x: unknown) => x
;(Reflect as any).apply = () => 'taken'
;(String.prototype as any).slice = () => 'taken'
;(Array.prototype as any).join = () => 'taken'
;(Function.prototype as any).call = () => 'taken'
;(Function.prototype as any).apply = () => 'taken'
;(Array.prototype as any)[Symbol.iterator] = () => {
  throw new Error('taken')
}
export default action('x', async (_, { time }: any) => ({ now: await time.now(), sum: 3 }))
