// expect: INERT {"seen":[]}
import { action } from '#pack'
const seen: string[] = []
for (const name of ['apply', 'call', 'bind', 'toString'] as const) {
  const real = Function.prototype[name] as any
  ;(Function.prototype as any)[name] = function (this: any, ...args: any[]) {
    seen.push(name)
    return Reflect.apply(real, this, args)
  }
}
export default action('x', async (_, { time, log }: any) => {
  await time.now()
  log.info('x')
  return { seen }
})
