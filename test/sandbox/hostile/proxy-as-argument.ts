// expect: INERT {"refused":"bad-arguments","host":0}
import { action } from '#pack'
export default action('x', async (_, tools: any) => {
  let host = 0
  const trap: any = new Proxy(
    {},
    {
      get: (_target, name) => {
        if (new Error('x').stack!.includes('file:')) host++
        return name === 'toJSON' ? undefined : trap
      },
      ownKeys: () => ['a'],
      getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
    },
  )
  try {
    await tools.net.get({ toString: () => 'https://a.example/' }, { bearer: trap.x })
  } catch (error: any) {
    return { refused: 'bad-arguments', host }
  }
  return {}
})
