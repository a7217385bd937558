// expect: INERT {"changed":0}
import { action } from '#pack'
export default action('x', (_, tools: any) => {
  let changed = 0
  for (const holder of [tools, tools.log, tools.time, tools.random])
    for (const name of Reflect.ownKeys(holder))
      if (Reflect.set(holder, name, 1) || Reflect.deleteProperty(holder, name)) changed++
  return { changed }
})
